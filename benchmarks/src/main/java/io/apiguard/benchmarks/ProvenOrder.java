package io.apiguard.benchmarks;

import io.apiguard.authn.dpop.DpopConfirmation;
import io.apiguard.authn.dpop.DpopResult;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.dpop.DpopVerifierBuilder;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.Confirmation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * {@code GET https://api.example.com/orders/4711} with a token that is bound to a key, and the proof of that key (RFC 9449).
 * The clock stands still at the moment of the proof.
 */
record ProvenOrder(
        DpopVerifier verifier, String token, List<String> proof, Arrival arrival, Confirmation confirmation) {

    private static final String PATH = "/orders/4711";
    private static final TokenAlgorithm ALGORITHM = TokenAlgorithm.ES256;

    static ProvenOrder of(CryptoProvider provider) {
        Instant now = Instant.now();
        InstantSource clock = InstantSource.fixed(now);
        DpopVerifierBuilder builder =
                DpopVerifier.builder(new ForgetfulReplayStore(clock)).clock(clock);
        if (provider == CryptoProvider.PLATFORM) {
            builder.signatureProvider("platform");
        }
        try {
            String token = SignedToken.issueWithFixedKey(ALGORITHM).text();
            KeyPair pair = ALGORITHM.newKeys(new SecureRandom());
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            String proof = proof(pair, jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY), token, now);
            Confirmation confirmation = new Confirmation(jwk.calculateBase64urlEncodedThumbprint("SHA-256"), null);
            return new ProvenOrder(builder.build(), token, List.of(proof), arrived(), confirmation);
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static Arrival arrived() {
        ClientAddress client = ClientAddress.of(IpAddress.parse("192.0.2.7").orElseThrow());
        return new Arrival(client, true, Authority.parse("api.example.com").orElseThrow(), false);
    }

    private static String proof(KeyPair pair, String jwk, String token, Instant now) throws GeneralSecurityException {
        String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"%s\",\"jwk\":%s}".formatted(ALGORITHM.id(), jwk);
        String claims = """
                {"jti":"e1j3V_bKic8-LAEB","htm":"GET","htu":"https://api.example.com%s","iat":%d,
                "ath":"%s"}""".formatted(PATH, now.getEpochSecond(), hash(token));
        String input = base64(header) + "." + base64(claims);
        byte[] signature = ALGORITHM.sign(pair.getPrivate(), input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String hash(String token) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Object verify() {
        DpopResult.Valid valid =
                Outcomes.expect(DpopResult.Valid.class, verifier.verify(proof, "GET", arrival, PATH, token));
        return Outcomes.expect(DpopConfirmation.Accepted.class, verifier.confirm(valid.proof(), confirmation));
    }
}
