/**
 * HTTP message signatures (RFC 9421) with content digests (RFC 9530): {@link io.apiguard.authn.httpsig.HttpSignatureVerifier} for services,
 * {@link io.apiguard.authn.httpsig.HttpMessageSigner} for clients and tests.
 */
@NullMarked
package io.apiguard.authn.httpsig;

import org.jspecify.annotations.NullMarked;
