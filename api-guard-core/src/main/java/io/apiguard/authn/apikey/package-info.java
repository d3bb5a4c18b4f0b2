/** API keys that this service issues: how they look, how they are stored, how they are checked. */
@NullMarked
package io.apiguard.authn.apikey;

import org.jspecify.annotations.NullMarked;
