/** Reads policies from the text of the Cedar language. */
@NullMarked
package io.apiguard.cedar.parser;

import org.jspecify.annotations.NullMarked;
