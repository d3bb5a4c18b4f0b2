/** The record of every exchange, and where it is written. */
@NullMarked
package io.apiguard.audit;

import org.jspecify.annotations.NullMarked;
