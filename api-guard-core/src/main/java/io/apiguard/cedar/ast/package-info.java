/** Policies of the Cedar language as trees: closed sets of immutable nodes, equal by content, and the printer that writes them as text. */
@NullMarked
package io.apiguard.cedar.ast;

import org.jspecify.annotations.NullMarked;
