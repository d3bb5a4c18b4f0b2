/** Who a caller is, and what a caller presents before that is known. */
@NullMarked
package io.apiguard.identity;

import org.jspecify.annotations.NullMarked;
