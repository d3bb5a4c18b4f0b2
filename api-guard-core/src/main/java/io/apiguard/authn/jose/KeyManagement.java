package io.apiguard.authn.jose;

import java.security.GeneralSecurityException;

/** One way to come by the content encryption key of a token (RFC 7518 section 4). */
@FunctionalInterface
interface KeyManagement {

    /**
     * Returns the content encryption key.
     *
     * @throws Malformed if what everybody can see is wrong whatever the key, such as a point that is not on its curve
     * @throws GeneralSecurityException if the token is not for this key, or what only the key can tell is wrong; that must not be told apart from a wrong
     *     tag
     */
    byte[] contentKey(CompactJwe jwe) throws GeneralSecurityException;
}
