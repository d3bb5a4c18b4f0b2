package io.apiguard;

import io.apiguard.authn.Challenges;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.ApiResponse;
import java.security.SecureRandom;

/** Says beside a challenge for a signature what is to be signed (RFC 9421 section 5.1). Thread-safe. */
final class SignatureOffer {

    private static final String FIELD = "Accept-Signature";

    private final HttpSignatureVerifier verifier;
    private final SecureRandom random;

    SignatureOffer(HttpSignatureVerifier verifier, SecureRandom random) {
        this.verifier = verifier;
        this.random = random;
    }

    /** Adds the field to a response that offers signatures. */
    void addTo(ApiResponse response, ApiRequest request) {
        boolean offered = response.status() == 401
                && response.headers("WWW-Authenticate").stream()
                        .anyMatch(challenge -> challenge.startsWith(Challenges.SIGNATURE + " "));
        if (offered && response.headers(FIELD).isEmpty()) {
            response.setHeader(FIELD, verifier.accepted(request, random));
        }
    }
}
