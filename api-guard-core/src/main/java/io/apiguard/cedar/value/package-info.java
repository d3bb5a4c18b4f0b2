/** The values of the Cedar language, and what it demands of each: immutable, equal by content. */
@NullMarked
package io.apiguard.cedar.value;

import org.jspecify.annotations.NullMarked;
