/**
 * The HTTP exchanges that every adapter answers alike, the application they are made with, and the kit that runs
 * them.
 */
@NullMarked
package io.apiguard.contract;

import org.jspecify.annotations.NullMarked;
