/** Which JSON fields are sensitive, and under which names an application writes them. */
@NullMarked
package io.apiguard.field;

import org.jspecify.annotations.NullMarked;
