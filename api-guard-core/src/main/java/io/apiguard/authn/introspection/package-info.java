/**
 * Access tokens that only their issuer can read (RFC 7662, RFC 9701): {@link
 * io.apiguard.authn.introspection.IntrospectionVerifier} asks the issuer, and remembers its answers for a short time.
 */
@NullMarked
package io.apiguard.authn.introspection;

import org.jspecify.annotations.NullMarked;
