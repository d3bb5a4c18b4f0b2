/** Masks sensitive values in JSON responses while they are written. */
@NullMarked
package io.apiguard.redaction;

import org.jspecify.annotations.NullMarked;
