/** The pipeline: a {@code Guard}, what it is built from, and the stages of a request's way through it. */
@NullMarked
package io.apiguard;

import org.jspecify.annotations.NullMarked;
