/** Settings as records: read from files, bound by name, and described for people and for tools. */
@NullMarked
package io.apiguard.internal.settings;

import org.jspecify.annotations.NullMarked;
