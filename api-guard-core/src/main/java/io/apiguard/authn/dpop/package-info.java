/** Proofs that the sender of a token holds the key it is bound to (DPoP, RFC 9449). */
@NullMarked
package io.apiguard.authn.dpop;

import org.jspecify.annotations.NullMarked;
