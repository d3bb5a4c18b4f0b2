/** Limits on how many requests a caller may make: the limits themselves, their keys and their buckets. */
@NullMarked
package io.apiguard.ratelimit;

import org.jspecify.annotations.NullMarked;
