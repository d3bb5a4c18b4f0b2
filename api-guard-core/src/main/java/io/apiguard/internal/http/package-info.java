/** What every primitive that fetches over HTTP shares; not part of the API. */
@NullMarked
package io.apiguard.internal.http;

import org.jspecify.annotations.NullMarked;
