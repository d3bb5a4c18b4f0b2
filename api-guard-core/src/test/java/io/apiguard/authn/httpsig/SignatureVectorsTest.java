package io.apiguard.authn.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.apiguard.authn.jose.ProviderAlgorithms;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.http.Authority;
import io.apiguard.internal.structured.MalformedField;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 9421, and the vectors of Web Bot Auth. */
class SignatureVectorsTest {

    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi");

    /** By the names of RFC 9421 section 3.3; what shares a secret needs no provider. */
    private static final Map<String, String> COMPUTED_AS = Map.of(
            "rsa-pss-sha512", "PS512",
            "rsa-v1_5-sha256", "RS256",
            "ecdsa-p256-sha256", "ES256",
            "ecdsa-p384-sha384", "ES384",
            "ed25519", "EdDSA (Ed25519)");

    @ParameterizedTest
    @ValueSource(strings = {"fastest", SignatureVerifier.PLATFORM, "AmazonCorrettoCryptoProvider", "Conscrypt"})
    void verify_examplesOfRfc9421_baseIdenticalAndVerdictRight(String provider) throws Exception {
        Map<String, Object> file = json("rfc/rfc9421/signatures.json");
        Set<String> computed = ProviderAlgorithms.of(provider);
        List<Map<String, Object>> cases = new ArrayList<>(list(file.get("cases")));
        int all = cases.size();
        cases.removeIf(vector -> COMPUTED_AS.containsKey((String) vector.get("alg"))
                && !computed.contains(COMPUTED_AS.get((String) vector.get("alg"))));
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : cases) {
            String fault = signatureFault(vector, map(file.get("keys")), provider);
            if (fault != null) {
                wrong.add(vector.get("name") + ": " + fault);
            }
        }
        System.out.println("rfc9421 signatures (" + provider + "): " + (cases.size() - wrong.size()) + "/"
                + cases.size() + (cases.size() < all ? ", " + (all - cases.size()) + " not computed by it" : ""));
        assertThat(wrong).isEmpty();
        assertThat(cases.size()).isGreaterThan(all / 2);
    }

    @Test
    void values_componentsOfRfc9421_equalOrRefused() throws Exception {
        List<Map<String, Object>> cases =
                list(json("rfc/rfc9421/components.json").get("cases"));
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : cases) {
            String fault = componentFault(vector);
            if (fault != null) {
                wrong.add(vector.get("name") + ": " + fault);
            }
        }
        System.out.println("rfc9421 components: " + (cases.size() - wrong.size()) + "/" + cases.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void verify_vectorsOfWebBotAuth_valid() throws Exception {
        List<Map<String, Object>> cases = new ArrayList<>();
        for (String version : List.of("v1", "v2")) {
            cases.addAll(list(json("rfc/rfc9421-web-bot-auth/web_bot_auth_architecture_" + version + ".json")
                    .get("cases")));
        }
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> vector : cases) {
            HttpSignatureResult result = webBotAuth(vector);
            if (!(result instanceof HttpSignatureResult.Valid)) {
                wrong.add(vector.get("label") + ": " + result);
            }
        }
        System.out.println("web-bot-auth: " + (cases.size() - wrong.size()) + "/" + cases.size());
        assertThat(wrong).isEmpty();
    }

    private static @Nullable String signatureFault(
            Map<String, Object> vector, Map<String, Object> keys, String provider) throws JoseException {
        String scheme = (String) vector.get("scheme");
        HttpMessage related =
                vector.containsKey("relatedRequest") ? message(map(vector.get("relatedRequest")), scheme, null) : null;
        HttpMessage message = message(map(vector.get("message")), scheme, related);
        PresentedSignature presented = PresentedSignature.of(message, (String) vector.get("label"), null);
        String base = new String(
                presented.parameters().base(message, new ComponentValues(new FieldTypes(Map.of()))),
                StandardCharsets.US_ASCII);
        if (vector.containsKey("signatureBase") && !base.equals(vector.get("signatureBase"))) {
            return "signature base is " + base;
        }
        HttpSignatureKey key = key(map(keys.get((String) vector.get("keyid"))), algorithm((String) vector.get("alg")));
        HttpSignatureVerifierBuilder builder = HttpSignatureVerifier.withKeys(
                        keyId -> keyId.equals(vector.get("keyid")) ? Optional.of(key) : Optional.empty())
                .components(new SignedComponents(List.of(), false))
                .label((String) vector.get("label"))
                .replaysPermittedUntilExpiry()
                .clock(clockOf(presented));
        HttpSignatureVerifier verifier =
                (provider.equals("fastest") ? builder : builder.signatureProvider(provider)).build();
        HttpSignatureResult result = verifier.verify(message);
        boolean right = Boolean.TRUE.equals(vector.get("valid"))
                ? result instanceof HttpSignatureResult.Valid
                : result instanceof HttpSignatureResult.Invalid invalid
                        && invalid.reason() == HttpSignatureResult.Reason.SIGNATURE;
        return right ? null : result.toString();
    }

    private static InstantSource clockOf(PresentedSignature presented) {
        Instant created = presented.parameters().time("created");
        assertThat(created).isNotNull();
        return InstantSource.fixed(created.plusSeconds(1));
    }

    private static @Nullable String componentFault(Map<String, Object> vector) {
        Map<String, StructuredFieldType> types = new HashMap<>();
        if (vector.containsKey("fieldTypes")) {
            map(vector.get("fieldTypes"))
                    .forEach((name, type) ->
                            types.put(name, StructuredFieldType.valueOf(((String) type).toUpperCase(Locale.ROOT))));
        }
        String value;
        try {
            HttpMessage message = message(map(vector.get("message")), (String) vector.get("scheme"), null);
            value = new ComponentValues(new FieldTypes(types))
                    .of(Component.parse((String) vector.get("identifier")), message);
        } catch (MalformedField e) {
            return vector.get("expect").equals("error") ? null : "refused: " + e.getMessage();
        }
        return value.equals(vector.get("value")) ? null : "value is " + value;
    }

    private static HttpSignatureResult webBotAuth(Map<String, Object> vector) throws JoseException {
        URI uri = URI.create((String) vector.get("target_url"));
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("signature-input", List.of((String) vector.get("signature_input")));
        fields.put("signature", List.of((String) vector.get("signature")));
        if (vector.get("signature_agent") instanceof String agent) {
            fields.put("signature-agent", List.of(agent));
        }
        HttpMessage.Target target = HttpMessage.Target.of(
                "GET", uri.getScheme(), Authority.parse(uri.getAuthority()).orElseThrow(), uri.getPath(), null);
        HttpMessage message = new HttpMessage(target, -1, lookup(fields), name -> List.of(), null);
        Map<String, Object> jwk = map(vector.get("key"));
        SignatureAlgorithm algorithm =
                jwk.get("kty").equals("RSA") ? SignatureAlgorithm.RSA_PSS_SHA512 : SignatureAlgorithm.ED25519;
        HttpSignatureKey key = key(jwk, algorithm);
        return HttpSignatureVerifier.withKeys(keyId -> Optional.of(key))
                .components(SignedComponents.onlyThese("@authority"))
                .tag("web-bot-auth")
                .replayStore(new TestReplayStore())
                .clock(InstantSource.fixed(Instant.ofEpochMilli((Long) vector.get("created_ms"))))
                .build()
                .verify(message);
    }

    private static HttpSignatureKey key(Map<String, Object> jwk, SignatureAlgorithm algorithm) throws JoseException {
        if (jwk.containsKey("k")) {
            byte[] secret = Base64.getUrlDecoder().decode((String) jwk.get("k"));
            return HttpSignatureKey.ofSecretThatEveryVerifierCanSignWith(secret, SignerGrant.of("signer"));
        }
        Map<String, Object> publicJwk = new LinkedHashMap<>(jwk);
        publicJwk.keySet().removeAll(PRIVATE_MEMBERS);
        return HttpSignatureKey.ofJwk(algorithm, JsonUtil.toJson(publicJwk), SignerGrant.of("signer"));
    }

    private static SignatureAlgorithm algorithm(String id) {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm.id().equals(id)) {
                return algorithm;
            }
        }
        throw new AssertionError(id);
    }

    private static HttpMessage message(Map<String, Object> json, String scheme, @Nullable HttpMessage related) {
        Map<String, List<String>> fields = fields(json.get("headers"));
        Map<String, List<String>> trailers = json.containsKey("trailers") ? fields(json.get("trailers")) : Map.of();
        String startLine = (String) json.get("startLine");
        if (startLine != null && startLine.startsWith("HTTP/")) {
            int status = Integer.parseInt(startLine.split(" ")[1]);
            return new HttpMessage(null, status, lookup(fields), lookup(trailers), related);
        }
        String[] parts = (startLine == null ? "GET / HTTP/1.1" : startLine).split(" ");
        return new HttpMessage(
                target(parts[0], parts[1], scheme, fields), -1, lookup(fields), lookup(trailers), related);
    }

    private static HttpMessage.Target target(
            String method, String requestTarget, String scheme, Map<String, List<String>> fields) {
        String origin = requestTarget.startsWith("/") ? requestTarget : "/";
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        String query = mark < 0 ? null : origin.substring(mark + 1);
        String host = fields.getOrDefault("host", List.of("www.example.com")).get(0);
        return new HttpMessage.Target(method, scheme, host, requestTarget, path, query);
    }

    private static Function<String, List<String>> lookup(Map<String, List<String>> fields) {
        return name -> fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    private static Map<String, List<String>> fields(Object json) {
        Map<String, List<String>> fields = new HashMap<>();
        for (Object line : (List<?>) json) {
            String name = ((String) ((List<?>) line).get(0)).toLowerCase(Locale.ROOT);
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add((String) ((List<?>) line).get(1));
        }
        return fields;
    }

    private static Map<String, Object> json(String name) throws IOException, JoseException {
        Path file = Path.of(System.getProperty("apiguard.conformance", "../../shared/conformance"))
                .resolve(name);
        assumeTrue(Files.exists(file), () -> "skipped: no conformance data at " + file.toAbsolutePath());
        String text = Files.readString(file).strip();
        return JsonUtil.parseJson(text.startsWith("[") ? "{\"cases\":" + text + "}" : text);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
