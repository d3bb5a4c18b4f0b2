/** Structured fields of HTTP (RFC 9651), read and written strictly; not API. */
@NullMarked
package io.apiguard.internal.structured;

import org.jspecify.annotations.NullMarked;
