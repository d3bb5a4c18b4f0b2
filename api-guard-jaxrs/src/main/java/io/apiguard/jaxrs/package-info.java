/** API Guard for Jakarta REST 3.1 and later. */
@NullMarked
package io.apiguard.jaxrs;

import org.jspecify.annotations.NullMarked;
