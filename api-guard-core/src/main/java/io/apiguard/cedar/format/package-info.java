/** Lays out the text of policies. */
@NullMarked
package io.apiguard.cedar.format;

import org.jspecify.annotations.NullMarked;
