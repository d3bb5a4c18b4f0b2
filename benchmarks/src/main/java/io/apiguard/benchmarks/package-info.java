/** What the guard costs: micro-benchmarks of its parts, and a comparison of whole servers under load. */
@NullMarked
package io.apiguard.benchmarks;

import org.jspecify.annotations.NullMarked;
