/**
 * Authentication: the one credential of a request is taken from it and verified. {@link
 * io.apiguard.authn.Authenticator} is the way in; {@link io.apiguard.authn.jwt} and {@link io.apiguard.authn.apikey}
 * are useful by themselves.
 */
@NullMarked
package io.apiguard.authn;

import org.jspecify.annotations.NullMarked;
