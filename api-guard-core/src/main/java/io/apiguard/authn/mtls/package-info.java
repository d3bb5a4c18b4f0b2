/** Callers known by the client certificate of their TLS connection, seen by this server or told by a trusted proxy. */
@NullMarked
package io.apiguard.authn.mtls;

import org.jspecify.annotations.NullMarked;
