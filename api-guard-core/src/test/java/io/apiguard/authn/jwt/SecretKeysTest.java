package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.ISSUER;
import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.NOW;
import static io.apiguard.authn.jwt.Tokens.token;
import static io.apiguard.authn.jwt.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwtResult.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens made with a shared secret, and tokens inside encrypted ones. */
class SecretKeysTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final PublicJsonWebKey RSA = rsa();
    private static final PublicJsonWebKey EC = ec();

    private static PublicJsonWebKey rsa() {
        try {
            return RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJsonWebKey ec() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("e1");
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(JwtVerifier by, String token, Reason reason) {
        assertThat(by.verify(token))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .as(invalid.detail())
                        .isEqualTo(reason));
    }

    private static void valid(JwtVerifier by, String token) {
        JwtResult result = by.verify(token);
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        assertThat(((JwtResult.Valid) result).token().identity().subject()).isEqualTo("alice");
    }

    // shared secrets

    private static String oct(byte[] secret, String alg) {
        return "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"s1\",\"alg\":\"" + alg + "\",\"k\":\"" + Base64Url.encode(secret)
                + "\"}]}";
    }

    private static JwtVerifierBuilder withoutKeys() {
        return JwtVerifier.forIssuer(URI.create(ISSUER)).audience("orders").clock(() -> NOW);
    }

    private static String mac(String alg, String kid, byte[] secret) throws Exception {
        String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
        String input = Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                + token().text().split("\\.")[1];
        Mac mac = Mac.getInstance("Hmac" + alg.replace("HS", "SHA"));
        mac.init(new SecretKeySpec(secret, "RAW"));
        return input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void sharedSecret_rightToken_isValid() throws Exception {
        JwtVerifier by =
                withoutKeys().insecureSharedSecrets(oct(SECRET, "HS256")).build();
        by.warmUp(JwkSource.WhenUnreachable.REFUSE);
        String text = mac("HS256", "s1", SECRET);
        valid(by, text);
        valid(by, text);
        assertThat(by.signatureProviders()).isEmpty();
        by.close();
    }

    @Test
    void sharedSecret_otherTokens_areRefused() throws Exception {
        JwtVerifier by =
                withoutKeys().insecureSharedSecrets(oct(SECRET, "HS256")).build();
        refused(by, mac("HS256", "s2", SECRET), Reason.SIGNATURE);
        refused(by, mac("HS512", "s1", SECRET), Reason.SIGNATURE);
        refused(by, mac("HS256", "s1", new byte[32]), Reason.SIGNATURE);
        refused(by, token().text(), Reason.ALGORITHM);
        String text = mac("HS256", "s1", SECRET);
        refused(by, text.substring(0, text.lastIndexOf('.') + 1), Reason.SIGNATURE);
        refused(verifier().build(), text, Reason.ALGORITHM);
    }

    @Test
    void sharedSecret_useless_isRefusedWithoutItsContent() {
        for (String set : new String[] {
            "",
            "{}",
            "{\"keys\":[]}",
            oct(new byte[31], "HS256"),
            oct(SECRET, "HS512"),
            oct(SECRET, "RS256"),
            TestKey.set(KEY)
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withoutKeys().insecureSharedSecrets(set))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Base64Url.encode(SECRET)));
        }
    }

    @Test
    void sharedSecret_besideKeys_isRefused() {
        String set = oct(SECRET, "HS256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().insecureSharedSecrets(set).build())
                .withMessageContaining("insecureSharedSecrets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withoutKeys()
                        .algorithms("RS256")
                        .insecureSharedSecrets(set)
                        .build())
                .withMessageContaining("algorithms");
    }

    // encrypted tokens

    private static String set(PublicJsonWebKey... keys) {
        StringBuilder json = new StringBuilder();
        for (PublicJsonWebKey key : keys) {
            json.append(json.isEmpty() ? "" : ",").append(key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        }
        return "{\"keys\":[" + json + "]}";
    }

    private static String encrypted(String content, String contentType, PublicJsonWebKey key, String alg)
            throws JoseException {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(alg);
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        if (contentType != null) {
            jwe.setContentTypeHeaderValue(contentType);
        }
        jwe.setKey(key.getPublicKey());
        jwe.setPayload(content);
        return jwe.getCompactSerialization();
    }

    private static JwtVerifier decrypting() {
        return verifier().decryptWith(set(RSA, EC)).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"})
    void encrypted_aroundASignedToken_isValidIfAskedFor(String alg) throws JoseException {
        String text = encrypted(token().text(), "JWT", alg.startsWith("RSA") ? RSA : EC, alg);
        JwtVerifier by = decrypting();
        valid(by, text);
        valid(by, text);
        valid(by, token().text());
        refused(verifier().build(), text, Reason.MALFORMED);
    }

    @Test
    void encryptedOnly_signedToken_isRefused() throws JoseException {
        JwtVerifier by = verifier().decryptWith(set(RSA, EC)).encryptedOnly().build();
        valid(by, encrypted(token().text(), "JWT", RSA, "RSA-OAEP-256"));
        refused(by, token().text(), Reason.TYPE);
        refused(by, "a.b", Reason.TYPE);
    }

    @Test
    void forIssuers_verifierThatDecrypts_isRefused() {
        JwtVerifier by = decrypting();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtVerifier.forIssuers(by))
                .withMessageContaining(by.issuer())
                .withMessageContaining("by itself");
        MultiIssuerVerifier resolving = JwtVerifier.forIssuers(
                        issuer -> Optional.of(verifier().decryptWith(set(RSA, EC))))
                .build();
        assertThat(resolving.verify(token().text())).isInstanceOf(JwtResult.Unavailable.class);
    }

    @Test
    void encrypted_aroundAnythingElse_isRefused() throws JoseException { // CVE-2026-29000
        JwtVerifier by = decrypting();
        String signed = token().text();
        String claims = new String(Base64Url.decode(signed.split("\\.")[1]), StandardCharsets.UTF_8);
        String unsigned = Base64Url.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8))
                + "." + signed.split("\\.")[1] + ".";
        refused(by, encrypted(claims, "JWT", RSA, "RSA-OAEP-256"), Reason.MALFORMED);
        refused(by, encrypted(claims, null, RSA, "RSA-OAEP-256"), Reason.MALFORMED);
        refused(by, encrypted(signed, null, RSA, "RSA-OAEP-256"), Reason.MALFORMED);
        refused(by, encrypted(unsigned, "JWT", RSA, "RSA-OAEP-256"), Reason.ALGORITHM);
        String twice = encrypted(encrypted(signed, "JWT", RSA, "RSA-OAEP-256"), "JWT", RSA, "RSA-OAEP-256");
        refused(by, twice, Reason.MALFORMED);
    }

    @Test
    void encrypted_tokenInside_isJudgedAsAnyOther() throws JoseException {
        JwtVerifier by = decrypting();
        TestKey attacker = TestKey.of("k1", JwsAlgorithm.ES256);
        String forged = token().signedBy(attacker).text();
        refused(by, encrypted(forged, "JWT", RSA, "RSA-OAEP-256"), Reason.SIGNATURE);
        String elsewhere = token().claim("aud", "billing").text();
        refused(by, encrypted(elsewhere, "JWT", RSA, "RSA-OAEP-256"), Reason.AUDIENCE);
        String late = token().claim("exp", 1).text();
        refused(by, encrypted(late, "JWT", RSA, "RSA-OAEP-256"), Reason.EXPIRED);
        refused(by, encrypted(token().header("typ", "JWT").text(), "JWT", RSA, "RSA-OAEP-256"), Reason.TYPE);
    }

    @Test
    void encrypted_forAnotherKeyOrAltered_isRefused() throws JoseException {
        JwtVerifier by = decrypting();
        refused(by, encrypted(token().text(), "JWT", rsa(), "RSA-OAEP-256"), Reason.MALFORMED);
        String text = encrypted(token().text(), "JWT", RSA, "RSA-OAEP-256");
        refused(by, "e" + text, Reason.MALFORMED);
        refused(by, text.substring(0, text.length() - 4), Reason.MALFORMED);
        refused(by, "....", Reason.MALFORMED);
        refused(by, encrypted(token().text(), "JWT", RSA, "RSA-OAEP"), Reason.MALFORMED);
    }

    @Test
    void decryptWith_uselessSet_isRefusedWithoutItsContent() {
        for (String set :
                new String[] {"", "{}", "{\"keys\":[]}", "{\"keys\":[1]}", oct(SECRET, "HS256"), TestKey.set(KEY)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> verifier().decryptWith(set))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Base64Url.encode(SECRET)));
        }
    }
}
