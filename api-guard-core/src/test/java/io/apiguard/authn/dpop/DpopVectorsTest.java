package io.apiguard.authn.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.apiguard.authn.dpop.DpopVerifier.ProvenRequest;
import io.apiguard.authn.jose.CompactJws;
import io.apiguard.authn.jose.ProviderAlgorithms;
import io.apiguard.authn.jose.SignatureVerifier;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.identity.Confirmation;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proofs of RFC 9449, each with a fresh store and the clock at its time. */
class DpopVectorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"fastest", SignatureVerifier.PLATFORM, "AmazonCorrettoCryptoProvider", "Conscrypt"})
    @SuppressWarnings("unchecked")
    void verify_vectorsOfRfc9449_giveTheirVerdicts(String provider) throws IOException {
        List<Map<String, Object>> cases = (List<Map<String, Object>>) vectors().get("cases");
        Set<String> computed = ProviderAlgorithms.of(provider);
        List<Map<String, Object>> judged = cases.stream()
                .filter(vector -> !(Boolean) vector.get("valid") || isComputed(vector, computed))
                .toList();
        List<Object> wrong = new ArrayList<>();
        for (Map<String, Object> vector : judged) {
            if (accepts(vector, provider) != (Boolean) vector.get("valid")) {
                wrong.add(vector.get("name"));
            }
        }
        System.out.println("rfc9449 (" + provider + "): " + (judged.size() - wrong.size()) + "/" + judged.size());
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSize(20);
    }

    private static boolean isComputed(Map<String, Object> vector, Set<String> computed) {
        String algorithm = CompactJws.parse(proofs(vector.get("proof")).get(0)).algorithm();
        return computed.stream().anyMatch(name -> name.startsWith(algorithm));
    }

    private static Map<String, Object> vectors() throws IOException {
        Path folder = Path.of(System.getProperty("apiguard.conformance", "../../shared/conformance"));
        Path file = folder.resolve("rfc/rfc9449/dpop.json");
        assumeTrue(Files.exists(file), () -> "skipped: no conformance data at " + file.toAbsolutePath());
        return StrictJson.object(Files.readAllBytes(file));
    }

    private static boolean accepts(Map<String, Object> vector, String provider) {
        DpopVerifier verifier = verifier(vector, provider);
        DpopResult result = verifier.judge(proofs(vector.get("proof")), request(vector));
        if (!(result instanceof DpopResult.Valid valid)) {
            return false;
        }
        Confirmation expected = new Confirmation(
                (String) vector.getOrDefault("expectedJkt", valid.proof().thumbprint()), null);
        return verifier.confirm(valid.proof(), expected) instanceof DpopConfirmation.Accepted;
    }

    private static DpopVerifier verifier(Map<String, Object> vector, String provider) {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond((Long) vector.get("now")));
        NonceMode mode = vector.containsKey("requiredNonce") ? NonceMode.REQUIRED : NonceMode.OFF;
        DpopVerifierBuilder builder = DpopVerifier.builder(new InMemoryReplayStore(10, 10, clock))
                .nonces(mode, SecretSources.of(new Secret("dpop-nonce", "1", new byte[32])))
                .clock(clock);
        return (provider.equals("fastest") ? builder : builder.signatureProvider(provider)).build();
    }

    @SuppressWarnings("unchecked")
    private static List<String> proofs(Object proof) {
        return proof instanceof List<?> list ? (List<String>) list : List.of((String) proof);
    }

    private static ProvenRequest request(Map<String, Object> vector) {
        URI uri = URI.create((String) vector.get("uri"));
        return new ProvenRequest(
                (String) vector.get("method"),
                Proofs.arrival(uri.getScheme().toLowerCase(java.util.Locale.ROOT), uri.getRawAuthority()),
                uri.getRawPath(),
                (String) vector.get("accessToken"));
    }
}
