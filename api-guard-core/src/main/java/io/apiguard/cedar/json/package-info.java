/** The JSON forms of Cedar: entities, contexts, policies and policy sets. */
@NullMarked
package io.apiguard.cedar.json;

import org.jspecify.annotations.NullMarked;
