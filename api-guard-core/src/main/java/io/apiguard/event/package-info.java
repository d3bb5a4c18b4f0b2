/** What a primitive reports to an operator, and where. */
@NullMarked
package io.apiguard.event;

import org.jspecify.annotations.NullMarked;
