/**
 * JSON Web Tokens as bearer tokens (RFC 7519, RFC 8725, RFC 9068): {@link io.apiguard.authn.jwt.JwtVerifier} checks
 * them with keys from a {@link io.apiguard.authn.jwt.JwkSource}.
 */
@NullMarked
package io.apiguard.authn.jwt;

import org.jspecify.annotations.NullMarked;
