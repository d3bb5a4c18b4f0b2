/** Stores of the guard that keep their data in a database. */
@NullMarked
package io.apiguard.extension.jdbc;

import org.jspecify.annotations.NullMarked;
