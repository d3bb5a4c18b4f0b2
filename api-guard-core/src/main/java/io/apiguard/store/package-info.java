/** What several instances share: used-once values, revocations, counters. Redis and databases implement these once for all primitives. */
@NullMarked
package io.apiguard.store;

import org.jspecify.annotations.NullMarked;
