/** Schemas: which entities, actions and attributes there are, as they are written and as they are resolved. */
@NullMarked
package io.apiguard.cedar.schema;

import org.jspecify.annotations.NullMarked;
