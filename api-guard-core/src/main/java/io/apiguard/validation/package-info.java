/** Checks the structure of what callers send before the application parses it. */
@NullMarked
package io.apiguard.validation;

import org.jspecify.annotations.NullMarked;
