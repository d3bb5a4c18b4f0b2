/** Compiles policies to trees that are evaluated without exceptions, and finds those that a request can concern. */
@NullMarked
package io.apiguard.cedar.eval;

import org.jspecify.annotations.NullMarked;
