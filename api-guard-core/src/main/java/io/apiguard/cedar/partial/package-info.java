/** Answers for which resources a request would be allowed, when the resource is not known yet. */
@NullMarked
package io.apiguard.cedar.partial;

import org.jspecify.annotations.NullMarked;
