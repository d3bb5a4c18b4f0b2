package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.ISSUER;
import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.NOW;
import static io.apiguard.authn.jwt.Tokens.RSA;
import static io.apiguard.authn.jwt.Tokens.token;
import static io.apiguard.authn.jwt.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.identity.Identity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

    private static final long SECOND = NOW.getEpochSecond();

    private final JwtVerifier verifier = verifier().build();

    private static String b64(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(String token, Reason reason) {
        refused(verifier, token, reason);
    }

    private static void refused(JwtVerifier by, String token, Reason reason) {
        assertThat(by.verify(token)).isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> {
            assertThat(invalid.reason()).as(invalid.detail()).isEqualTo(reason);
            assertThat(invalid.detail()).doesNotContain("alice").doesNotContain("kid-from-outside");
        });
    }

    private static VerifiedJwt accepted(JwtVerifier by, String token) {
        JwtResult result = by.verify(token);
        assertThat(result).isInstanceOf(JwtResult.Valid.class);
        return ((JwtResult.Valid) result).token();
    }

    @Test
    void verify_rightToken_hasIdentity() {
        VerifiedJwt jwt = accepted(verifier, token().text());
        Identity identity = jwt.identity();
        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.issuer()).contains(ISSUER);
        assertThat(identity.clientId()).contains("shop");
        assertThat(identity.scopes()).containsExactly("orders:read", "orders:write");
        assertThat(identity.expiresAt()).contains(NOW.plusSeconds(300));
        assertThat(identity.claims()).containsEntry("jti", "id-1");
        assertThat(jwt.tokenId()).contains("id-1");
        assertThat(jwt.audiences()).containsExactly("orders");
        assertThat(jwt.issuedAt()).contains(NOW);
        assertThat(jwt.notBefore()).isEmpty();
        assertThat(jwt.toString()).doesNotContain("alice").contains(jwt.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void verify_everyPermittedAlgorithm_isValid(JwsAlgorithm algorithm) {
        TestKey key = TestKey.of("k", algorithm);
        JwtVerifier by = verifier().keys(JwkSource.of(TestKey.set(key))).build();
        accepted(by, token().signedBy(key).text());
        refused(by, token().signedBy(TestKey.of("k", algorithm)).text(), Reason.SIGNATURE);
    }

    @Test
    void verify_ed448_isValid() {
        TestKey key = TestKey.ed448("k");
        accepted(
                verifier().keys(JwkSource.of(TestKey.set(key))).build(),
                token().signedBy(key).text());
    }

    @Test
    void verify_algorithmNotPermittedHere_isRefused() {
        refused(verifier().algorithms("RS256").build(), token().text(), Reason.ALGORITHM);
        accepted(verifier().algorithms("RS256").build(), token().signedBy(RSA).text());
    }

    // form: CVE-2026-29000, CVE-2019-17195

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "....",
                "a",
                "a.b",
                "a.b.c",
                "e30",
                "e30.",
                "e30.e30",
                "e30.e30.",
                ".e30.e30"
            })
    void verify_notAToken_isMalformed(String text) {
        refused(text, Reason.MALFORMED);
    }

    @Test
    void verify_fourOrFiveParts_isMalformed() {
        refused(token().text() + ".", Reason.MALFORMED);
        refused(token().text() + ".a", Reason.MALFORMED);
        refused(
                b64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + ".." + b64("iv") + "." + b64("x") + "." + b64("tag"),
                Reason.MALFORMED);
    }

    @Test
    void verify_sizeAtAndOverBound_isJudged() {
        JwtVerifier by = verifier().maximumLength(token().text().length()).build();
        String grown = token().text() + "A";
        assertThat(by.verify(token().text())).isInstanceOf(JwtResult.Valid.class);
        refused(by, grown, Reason.TOO_LARGE);
        refused("a".repeat(16_385), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", " ", "\n", "+", "/", "!", "\u00e9", "\ud83d\ude00", "\ud800", "\u0000", "%3D"})
    void verify_foreignCharacterInAnyPart_isMalformed(String foreign) {
        String[] parts = token().text().split("\\.");
        for (int i = 0; i < 3; i++) {
            String[] changed = parts.clone();
            changed[i] = changed[i].substring(0, 4) + foreign + changed[i].substring(4);
            refused(String.join(".", changed), Reason.MALFORMED);
            changed[i] = parts[i] + foreign;
            refused(String.join(".", changed), Reason.MALFORMED);
        }
    }

    @Test
    void verify_strayTrailingBits_isMalformed() {
        String text = token().text(); // 64 bytes of signature end in a character of which two bits count
        char last = text.charAt(text.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String stray = text.substring(0, text.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
        refused(stray, Reason.MALFORMED);
    }

    // header

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("{\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments("{\"alg\":1,\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments("{\"alg\":null,\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments("{\"alg\":[\"ES256\"],\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments(
                        "{\"alg\":\"ES256\",\"\\u0061lg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}",
                        Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":1}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":7,\"kid\":\"k1\"}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"crit\":[\"exp\"]}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"crit\":[]}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"b64\":false}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\",\"zip\":\"DEF\"}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}x", Reason.MALFORMED),
                arguments("[{\"alg\":\"ES256\"}]", Reason.MALFORMED),
                arguments(
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + "x".repeat(257) + "\"}", Reason.MALFORMED),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"kid-from-outside\"}", Reason.UNKNOWN_KEY),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"\"}", Reason.UNKNOWN_KEY),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"r1\"}", Reason.ALGORITHM),
                arguments("{\"alg\":\"ES384\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.ALGORITHM),
                arguments("{\"alg\":\"es256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.ALGORITHM),
                arguments("{\"alg\":\"EDDSA\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.ALGORITHM),
                arguments("{\"alg\":\"\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}", Reason.ALGORITHM),
                arguments("{\"alg\":\"ES256\",\"kid\":\"k1\"}", Reason.TYPE),
                arguments("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k1\"}", Reason.TYPE),
                arguments("{\"alg\":\"ES256\",\"typ\":\"\",\"kid\":\"k1\"}", Reason.TYPE),
                arguments("{\"alg\":\"ES256\",\"typ\":\"at+jwt \",\"kid\":\"k1\"}", Reason.TYPE),
                arguments("{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\",\"kid\":\"k1\"}", Reason.TYPE),
                arguments("{\"alg\":\"ES256\",\"typ\":\"logout+jwt\",\"kid\":\"k1\"}", Reason.TYPE));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void verify_headerWithGoodSignature_isStillRefused(String header, Reason reason) {
        String payload = new String(Base64Url.decode(token().text().split("\\.")[1]), StandardCharsets.UTF_8);
        refused(KEY.sign(header, payload), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void verify_typeOfAccessToken_isValid(String typ) {
        accepted(verifier, token().header("typ", typ).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", " none", "none ", ""})
    void verify_algorithmNone_isRefused(String none) { // CVE-2022-23540
        String payload = token().text().split("\\.")[1];
        String header = b64("{\"alg\":\"" + none + "\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}");
        refused(header + "." + payload + ".", Reason.ALGORITHM);
        refused(header + "." + payload + "." + b64("x"), Reason.ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void verify_publicKeyAsHmacSecret_isRefused(String alg) throws Exception { // CVE-2015-9235, CVE-2022-29217
        String input = b64("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"r1\"}") + "."
                + token().text().split("\\.")[1];
        Mac mac = Mac.getInstance("Hmac" + alg.replace("HS", "SHA"));
        mac.init(new SecretKeySpec(RSA.pair().getPublic().getEncoded(), "RAW"));
        refused(
                input + "." + Base64Url.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))),
                Reason.ALGORITHM);
    }

    @Test
    void verify_keyInHeader_isNeverUsed() { // CVE-2026-32301, CVE-2018-0114
        TestKey attacker = TestKey.of("k1", JwsAlgorithm.ES256);
        String forged = token().header("jwk", Map.of("kty", "EC"))
                .header("jku", "https://attacker.example/keys")
                .header("x5u", "https://attacker.example/cert")
                .header("x5c", List.of("MIIB"))
                .signedBy(attacker)
                .text();
        refused(forged, Reason.SIGNATURE);
    }

    // signature

    @Test
    void verify_alteredParts_isRefused() {
        String[] parts = token().text().split("\\.");
        String other = token().claim("sub", "bob").text().split("\\.")[1];
        refused(parts[0] + "." + other + "." + parts[2], Reason.SIGNATURE);
        refused(parts[0] + "." + parts[1] + ".", Reason.SIGNATURE);
        refused(parts[0] + "." + parts[1] + "." + Base64Url.encode(new byte[64]), Reason.SIGNATURE); // CVE-2022-21449
        refused(parts[0] + "." + parts[1] + "." + parts[2] + "AAAA", Reason.SIGNATURE);
        refused(parts[0] + "." + parts[1] + "." + parts[2].substring(4), Reason.SIGNATURE);
    }

    @Test
    void verify_signatureOfTheOtherKey_isRefused() {
        refused(token().signedBy(RSA).header("kid", "k1").text(), Reason.ALGORITHM);
        refused(token().signedBy(RSA).header("kid", "k1").header("alg", "ES256").text(), Reason.SIGNATURE);
    }

    @Test
    void verify_wrongSignatureOnBadClaims_saysSignatureOnly() {
        String text = token().claim("exp", 1).without("aud").text();
        refused(text.substring(0, text.lastIndexOf('.')) + "." + Base64Url.encode(new byte[64]), Reason.SIGNATURE);
    }

    // key without alg, token without kid

    @Test
    void verify_keyWithoutAlg_takesWhatSuitsItsType() {
        JwtVerifier by =
                verifier().keys(JwkSource.of(TestKey.setOf(RSA.bareJwk()))).build();
        for (JwsAlgorithm algorithm : List.of(JwsAlgorithm.RS256, JwsAlgorithm.PS384, JwsAlgorithm.RS512)) {
            accepted(by, token().signedBy(RSA.with(algorithm)).text());
        }
    }

    @Test
    void verify_keyWithAlg_takesThatAlone() {
        refused(token().signedBy(RSA.with(JwsAlgorithm.RS512)).text(), Reason.ALGORITHM);
        refused(token().signedBy(RSA.with(JwsAlgorithm.PS256)).text(), Reason.ALGORITHM);
    }

    @Test
    void verify_withoutKid_triesFewSuitingKeysOnly() {
        accepted(verifier, token().withoutHeader("kid").text());
        TestKey[] four = keys(4);
        TestKey[] five = keys(5);
        accepted(
                verifier().keys(JwkSource.of(TestKey.set(four))).build(),
                token().signedBy(four[3]).withoutHeader("kid").text());
        refused(
                verifier().keys(JwkSource.of(TestKey.set(five))).build(),
                token().signedBy(five[0]).withoutHeader("kid").text(),
                Reason.UNKNOWN_KEY);
        refused(
                token().signedBy(TestKey.of("x", JwsAlgorithm.ES384))
                        .withoutHeader("kid")
                        .text(),
                Reason.ALGORITHM);
    }

    private static TestKey[] keys(int count) {
        TestKey[] keys = new TestKey[count];
        Arrays.setAll(keys, i -> TestKey.of("many" + i, JwsAlgorithm.ES256));
        return keys;
    }

    @Test
    void verify_sameKidOfAnotherIssuer_isAnotherKey() { // CVE-2025-59936
        TestKey other = TestKey.of("k1", JwsAlgorithm.ES256);
        JwtVerifier theirs = JwtVerifier.forIssuer(URI.create("https://other.example"))
                .audience("orders")
                .keys(JwkSource.of(TestKey.set(other)))
                .clock(() -> NOW)
                .build();
        refused(theirs, token().claim("iss", "https://other.example").text(), Reason.SIGNATURE);
        refused(token().signedBy(other).text(), Reason.SIGNATURE);
    }

    // claims

    static Stream<Arguments> claims() {
        Object none = Collections.emptyList();
        return Stream.of(
                arguments("iss", null, Reason.CLAIM),
                arguments("iss", 1, Reason.CLAIM),
                arguments("iss", List.of(ISSUER), Reason.CLAIM),
                arguments("iss", Map.of("a", ISSUER), Reason.CLAIM),
                arguments("iss", "", Reason.ISSUER),
                arguments("iss", ISSUER + "/", Reason.ISSUER),
                arguments("iss", "https://LOGIN.example.com", Reason.ISSUER),
                arguments("aud", null, Reason.CLAIM),
                arguments("aud", 1, Reason.CLAIM),
                arguments("aud", true, Reason.CLAIM),
                arguments("aud", Map.of("orders", "orders"), Reason.CLAIM),
                arguments("aud", Arrays.asList("orders", null), Reason.CLAIM),
                arguments("aud", List.of("orders", 1), Reason.CLAIM),
                arguments("aud", List.of(List.of("orders")), Reason.CLAIM),
                arguments("aud", none, Reason.AUDIENCE),
                arguments("aud", "", Reason.AUDIENCE),
                arguments("aud", "Orders", Reason.AUDIENCE),
                arguments("aud", "orders ", Reason.AUDIENCE),
                arguments("aud", "orders billing", Reason.AUDIENCE),
                arguments("aud", List.of("billing", "shop"), Reason.AUDIENCE),
                arguments("sub", null, Reason.CLAIM),
                arguments("sub", 1, Reason.CLAIM),
                arguments("sub", "", Reason.CLAIM),
                arguments("sub", "  ", Reason.CLAIM),
                arguments("exp", null, Reason.CLAIM),
                arguments("exp", String.valueOf(SECOND + 60), Reason.CLAIM),
                arguments("exp", true, Reason.CLAIM),
                arguments("exp", List.of(SECOND + 60), Reason.CLAIM),
                arguments("exp", -1, Reason.CLAIM),
                arguments("exp", Long.MAX_VALUE, Reason.CLAIM),
                arguments("exp", BigInteger.TWO.pow(70), Reason.CLAIM),
                arguments("exp", new BigDecimal("1E+300"), Reason.CLAIM),
                arguments("exp", new BigDecimal("1E+400"), Reason.MALFORMED),
                arguments("exp", 0, Reason.EXPIRED),
                arguments("nbf", "0", Reason.CLAIM),
                arguments("nbf", false, Reason.CLAIM),
                arguments("nbf", -5, Reason.CLAIM),
                arguments("nbf", SECOND + 31, Reason.NOT_YET_VALID),
                arguments("iat", null, Reason.CLAIM),
                arguments("iat", "0", Reason.CLAIM),
                arguments("iat", Map.of(), Reason.CLAIM),
                arguments("iat", SECOND + 31, Reason.NOT_YET_VALID),
                arguments("jti", null, Reason.CLAIM),
                arguments("jti", 1, Reason.CLAIM),
                arguments("client_id", null, Reason.CLAIM),
                arguments("client_id", 1, Reason.CLAIM),
                arguments("scope", 1, Reason.CLAIM),
                arguments("scope", Map.of(), Reason.CLAIM),
                arguments("scope", List.of("a", 1), Reason.CLAIM),
                arguments("roles", 1, Reason.CLAIM),
                arguments("roles", List.of(1), Reason.CLAIM),
                arguments("cnf", Map.of("jkt", "x"), Reason.SENDER_CONSTRAINED),
                arguments("nonce", "n", Reason.NOT_ACCESS_TOKEN),
                arguments("at_hash", "h", Reason.NOT_ACCESS_TOKEN),
                arguments("c_hash", "h", Reason.NOT_ACCESS_TOKEN),
                arguments("events", Map.of(), Reason.NOT_ACCESS_TOKEN));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void verify_claimMissingOrWrong_isRefused(
            String name, Object value, Reason reason) { // CVE-2025-30144, CVE-2023-36820
        refused(
                value == null
                        ? token().without(name).text()
                        : token().claim(name, value).text(),
                reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub", "exp", "nbf", "iat", "jti", "client_id", "scope"})
    void verify_claimNull_isRefused(String name) {
        refused(token().claim(name, null).text(), Reason.CLAIM);
    }

    static Stream<Object> audiences() {
        return Stream.of("orders", List.of("orders"), List.of("billing", "orders"), List.of("orders-v2"));
    }

    @ParameterizedTest
    @MethodSource("audiences")
    void verify_audienceNamesUs_isValid(Object audience) {
        accepted(
                verifier().audience("orders", "orders-v2").build(),
                token().claim("aud", audience).text());
    }

    @ParameterizedTest
    @ValueSource(longs = {-31, -30, -29, 0, 300})
    void verify_expiryAgainstSkew_isExclusive(long after) {
        String text =
                token().claim("iat", SECOND - 60).claim("exp", SECOND + after).text();
        if (after > -30) {
            accepted(verifier, text);
        } else {
            refused(text, Reason.EXPIRED);
        }
    }

    private static String pem(TestKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(key.pair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----";
    }

    @Test
    void verify_keyInPem_isTriedWhateverTheKeyId() {
        JwtVerifier by = verifier().keys(JwkSource.pem(pem(KEY))).build();
        accepted(by, token().text());
        accepted(by, token().header("kid", "kid-from-outside").text());
        accepted(by, token().withoutHeader("kid").text());
        refused(by, token().signedBy(TestKey.of("k1", JwsAlgorithm.ES256)).text(), Reason.SIGNATURE);
        refused(by, token().signedBy(RSA).text(), Reason.ALGORITHM);
    }

    @Test
    void pem_useless_isRefusedWithoutItsContent() {
        for (String text : List.of("", "kid-from-outside", pem(TestKey.rsa("k", 1024, 65537)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwkSource.pem(text))
                    .withMessageContaining("the public key cannot be used")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("kid-from-outside"));
        }
    }

    @Test
    void verify_withoutSkew_isExactToTheSecond() {
        JwtVerifier exact = verifier().clockSkew(Duration.ZERO).build();
        refused(exact, token().claim("iat", SECOND - 9).claim("exp", SECOND).text(), Reason.EXPIRED);
        accepted(exact, token().claim("exp", SECOND + 1).text());
        accepted(exact, token().claim("nbf", SECOND).text());
        refused(exact, token().claim("nbf", SECOND + 1).text(), Reason.NOT_YET_VALID);
        refused(exact, token().claim("iat", SECOND + 1).text(), Reason.NOT_YET_VALID);
    }

    @Test
    void verify_notBeforeAndIssuedAtAgainstSkew_areInclusive() {
        accepted(
                verifier,
                token().claim("nbf", SECOND + 30).claim("iat", SECOND + 30).text());
        assertThat(accepted(verifier, token().claim("nbf", SECOND - 5).text()).notBefore())
                .contains(NOW.minusSeconds(5));
    }

    @Test
    void verify_dateWithFraction_isValid() {
        VerifiedJwt jwt = accepted(
                verifier,
                token().claim("exp", new BigDecimal(SECOND + 60 + ".75")).text());
        assertThat(jwt.expiresAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void verify_notBeforeWithFraction_isNotValidTooEarly() {
        JwtVerifier exact = verifier().clockSkew(Duration.ZERO).build();
        assertThat(exact.verify(
                        token().claim("nbf", new BigDecimal(SECOND + ".5")).text()))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(Reason.NOT_YET_VALID));
        accepted(exact, token().claim("nbf", new BigDecimal(SECOND + ".0")).text());
    }

    @Test
    void verify_lifetimeAtAndOverBound_isJudged() {
        long day = 24 * 3600;
        accepted(verifier, token().claim("exp", SECOND + day).text());
        refused(token().claim("exp", SECOND + day + 1).text(), Reason.LIFETIME);
        refused(
                token().claim("iat", SECOND - 100)
                        .claim("exp", SECOND + day - 99)
                        .text(),
                Reason.LIFETIME);
        accepted(
                verifier().maximumLifetime(Duration.ofDays(3650)).build(),
                token().claim("exp", SECOND + 30 * day).text());
    }

    @Test
    void verify_ageAtAndBelowBound_isJudged() {
        JwtVerifier by = verifier().maximumAge(Duration.ofSeconds(60)).build(); // and 30 seconds of skew
        accepted(by, token().claim("iat", SECOND - 89).text());
        refused(by, token().claim("iat", SECOND - 90).text(), Reason.EXPIRED);
        accepted(verifier, token().claim("iat", SECOND - 90).text());
        JwtVerifier lenient = verifier()
                .profile(JwtProfile.KEYCLOAK)
                .ignoreClaim("iat")
                .ignoreClaim("azp")
                .ignoreType()
                .maximumAge(Duration.ofSeconds(60))
                .build();
        refused(lenient, token().claim("typ", "Bearer").without("iat").text(), Reason.CLAIM);
    }

    @Test
    void verify_rememberedTokenGetsTooOld_isRefused() {
        Tokens.Clock clock = new Tokens.Clock();
        JwtVerifier by =
                verifier().clock(clock).maximumAge(Duration.ofSeconds(60)).build();
        String text = token().text();
        accepted(by, text);
        clock.advance(Duration.ofSeconds(89));
        accepted(by, text);
        clock.advance(Duration.ofSeconds(1));
        refused(by, text, Reason.EXPIRED);
    }

    @Test
    void verify_payloadNotStrictJson_isMalformed() { // CVE-2025-53864, CVE-2023-1370
        String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";
        for (String payload : List.of(
                "",
                "x",
                "[]",
                "\"a\"",
                "null",
                "{\"iss\":1,\"iss\":2}",
                "{\"a\":NaN}",
                "{\"a\":1}{}",
                "{'a':1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "{\"a\":" + "9".repeat(500) + "}")) {
            refused(KEY.sign(header, payload), Reason.MALFORMED);
        }
        refused(
                KEY.sign(header, new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}),
                Reason.MALFORMED);
    }

    // grants

    @Test
    void verify_scopes_areReadFromStringAndArray() {
        assertThat(accepted(verifier, token().claim("scope", " a  b a ").text())
                        .identity()
                        .scopes())
                .containsExactly("a", "b");
        assertThat(accepted(verifier, token().claim("scope", List.of("a", "b")).text())
                        .identity()
                        .scopes())
                .containsExactly("a", "b");
        assertThat(accepted(verifier, token().without("scope").text())
                        .identity()
                        .scopes())
                .isEmpty();
        assertThat(accepted(verifier, token().claim("scope", "").text())
                        .identity()
                        .scopes())
                .isEmpty();
    }

    @Test
    void verify_rolesAndTenant_areReadFromTheirPaths() {
        JwtVerifier by = verifier()
                .rolesFrom("groups.api", "/resource/my.client/roles")
                .tenantFrom("org")
                .build();
        Identity identity = accepted(
                        by,
                        token().claim("groups", Map.of("api", List.of("admin")))
                                .claim("resource", Map.of("my.client", Map.of("roles", "clerk")))
                                .claim("org", "acme")
                                .text())
                .identity();
        assertThat(identity.roles()).containsExactly("admin", "clerk");
        assertThat(identity.tenant()).contains("acme");
        assertThat(accepted(by, token().text()).identity().tenant()).isEmpty();
        refused(by, token().claim("org", 1).text(), Reason.CLAIM);
        refused(by, token().claim("org", " ").text(), Reason.CLAIM);
        refused(by, token().claim("groups", Map.of("api", 7)).text(), Reason.CLAIM);
        assertThat(accepted(by, token().claim("groups", "x").text()).identity().roles())
                .isEmpty();
    }

    // settings

    @Test
    void build_withoutAudience_isRefused() {
        JwtVerifierBuilder builder = JwtVerifier.forIssuer(URI.create(ISSUER)).keys(JwkSource.of(TestKey.set(KEY)));
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("audience");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.audience(" ").build())
                .withMessageContaining("audience");
    }

    @Test
    void build_settingOutOfBounds_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> verifier()
                .clockSkew(Duration.ofMinutes(10).plusNanos(1))
                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().clockSkew(Duration.ofSeconds(-1)).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().maximumLifetime(Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().maximumAge(Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().encryptedOnly().build())
                .withMessageContaining("decryptWith");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().maximumLength(255).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().cacheSize(-1).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().algorithms().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().signatureProvider("NoSuch").build());
        assertThatIllegalArgumentException().isThrownBy(() -> verifier().rolesFrom("a..b"));
        assertThat(verifier()
                        .clockSkew(Duration.ofMinutes(10))
                        .signatureProvider("SunEC")
                        .build()
                        .signatureProviders())
                .containsOnlyKeys("ES256", "ES384", "ES512", "EdDSA (Ed25519)", "EdDSA (Ed448)")
                .hasEntrySatisfying("ES256", name -> assertThat(name).startsWith("SunEC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RSA1_5", "dir", "", "es256"})
    void algorithms_whatCannotBePermitted_isRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier().algorithms(id))
                .withMessageContaining("RS256");
    }

    @Test
    void of_uselessKeySet_isRefusedWithoutItsContent() {
        for (String set : List.of(
                "", "{}", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwkSource.of(set))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2Vj"));
        }
    }

    // cache

    @Test
    void verify_again_isAnsweredFromTheCache() {
        String text = token().text();
        assertThat(accepted(verifier, text)).isSameAs(accepted(verifier, text));
        JwtVerifier without = verifier().cacheSize(0).build();
        assertThat(accepted(without, text)).isNotSameAs(accepted(without, text));
    }

    @Test
    void verify_cachedToken_obeysTimeOnEveryHit() {
        Tokens.Clock clock = new Tokens.Clock();
        JwtVerifier by = verifier().clock(clock).build();
        String text = token().claim("nbf", SECOND).text();
        accepted(by, text);
        clock.set(NOW.plusSeconds(329));
        accepted(by, text);
        clock.set(NOW.plusSeconds(330));
        refused(by, text, Reason.EXPIRED);
        refused(by, text, Reason.EXPIRED);
        clock.set(NOW.minusSeconds(31));
        refused(by, text, Reason.NOT_YET_VALID);
        clock.set(NOW);
        accepted(by, text);
    }

    @Test
    void verify_variantOfCachedToken_isNotServedFromTheCache() {
        String text = token().text();
        accepted(verifier, text);
        assertThat(verifier.verify(text + "A")).isInstanceOf(JwtResult.Invalid.class);
        assertThat(verifier.verify(text.substring(0, text.length() - 1))).isInstanceOf(JwtResult.Invalid.class);
        refused(" " + text, Reason.MALFORMED);
        refused(text + "\n", Reason.MALFORMED);
    }

    @Test
    void verify_refusedToken_isNotCached() {
        Tokens.Clock clock = new Tokens.Clock();
        JwtVerifier by = verifier().clock(clock).build();
        String early = token().claim("nbf", SECOND + 60).text();
        refused(by, early, Reason.NOT_YET_VALID);
        clock.set(Instant.ofEpochSecond(SECOND + 60));
        accepted(by, early);
    }

    @Test
    void verify_anyThrowable_isAResult() { // CVE-2019-17195
        JwtVerifier by = verifier()
                .clock(() -> {
                    throw new StackOverflowError();
                })
                .build();
        refused(by, token().text(), Reason.MALFORMED);
    }
}
