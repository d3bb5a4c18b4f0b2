package io.apiguard.authn.httpsig;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.httpsig.SignedBody.Fault;
import io.apiguard.http.Header;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedBodyTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));
    private static final byte[] BODY = "{\"item\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "{\"item\":2}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};
    private static final KeyPair PAIR = pair();

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static SignedBody body(SignedComponents policy, SignedRequest request, String... covered) {
        HttpMessageSigner.Builder signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                .clock(CLOCK);
        HttpSignatureKey key =
                HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), SignerGrant.of("partner"));
        HttpSignatureResult result = HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("k", key)))
                .components(policy)
                .replaysPermittedUntilExpiry()
                .clock(CLOCK)
                .build()
                .verify(
                        request.signedBy((covered.length == 0 ? signer : signer.covering(covered)).build()),
                        SignedRequest.arrival());
        assertThat(result).isInstanceOf(HttpSignatureResult.Valid.class);
        return ((HttpSignatureResult.Valid) result).signature().body();
    }

    private static SignedBody body(Header digest) {
        return body(SignedComponents.wholeRequest(), SignedRequest.post().with(List.of(digest)));
    }

    @Test
    void fault_digestCovered_onlyThatBodyIsRight() {
        SignedBody body = body(ContentDigest.of(BODY));

        assertThat(body.isMeaningful()).isTrue();
        assertThat(body.fault(BODY)).isEmpty();
        assertThat(body.fault(OTHER)).contains(Fault.DIGEST_MISMATCH);
        assertThat(body.fault(NOTHING)).contains(Fault.DIGEST_MISMATCH);
    }

    @Test
    void fault_digestOfNothingCovered_noBodyIsRight() {
        SignedBody body = body(ContentDigest.of(NOTHING));

        assertThat(body.fault(NOTHING)).isEmpty();
        assertThat(body.fault(new byte[1])).contains(Fault.DIGEST_MISMATCH);
    }

    @Test
    void fault_twoDigests_bothMustBeRight() {
        String right = ContentDigest.of(BODY).value();

        assertThat(body(new Header("Content-Digest", right + ", sha-512=:AAAA:"))
                        .fault(BODY))
                .contains(Fault.DIGEST_MISMATCH);
        assertThat(body(new Header("Content-Digest", right + ", md5=:AAAA:")).fault(BODY))
                .isEmpty();
    }

    @Test
    void fault_digestThatDoesNotCount_isMissing() {
        assertThat(body(new Header("Content-Digest", "md5=:AAAA:")).fault(BODY)).contains(Fault.DIGEST_MISSING);
        assertThat(body(new Header("Content-Digest", "md5=:AAAA:")).fault(NOTHING))
                .contains(Fault.DIGEST_MISSING);
    }

    @Test
    void fault_digestThatIsNone_isMalformed() {
        assertThat(body(new Header("Content-Digest", "sha-256=1")).fault(BODY)).contains(Fault.DIGEST_MALFORMED);
        assertThat(body(new Header("Content-Digest", "(")).fault(BODY)).contains(Fault.DIGEST_MALFORMED);
    }

    @Test
    void fault_digestDemandedOfBodiesAndNotCovered_everyBodyIsUnsigned() {
        SignedBody body = body(SignedComponents.wholeRequest(), SignedRequest.get());

        assertThat(body.isMeaningful()).isTrue();
        assertThat(body.fault(NOTHING)).isEmpty();
        assertThat(body.fault(new byte[1])).contains(Fault.BODY_UNSIGNED);
    }

    @Test
    void fault_digestNeitherDemandedNorCovered_saysNothing() {
        SignedBody body = body(SignedComponents.onlyThese("@method"), SignedRequest.post(), "@method");

        assertThat(body.isMeaningful()).isFalse();
        assertThat(body.fault(BODY)).isEmpty();
    }

    @Test
    void fault_digestNotDemandedButCovered_isCompared() {
        SignedRequest request = SignedRequest.post().with(List.of(ContentDigest.of(BODY)));
        SignedBody whole = body(SignedComponents.onlyThese("@method"), request, "@method", "content-digest");
        SignedBody member =
                body(SignedComponents.onlyThese("@method"), request, "@method", "\"content-digest\";key=\"sha-256\"");

        assertThat(whole.fault(OTHER)).contains(Fault.DIGEST_MISMATCH);
        assertThat(member.fault(OTHER)).contains(Fault.DIGEST_MISMATCH);
        assertThat(member.fault(BODY)).isEmpty();
    }

    @Test
    void fault_everyOne_hasACodeAndADetail() {
        assertThat(Fault.DIGEST_MISMATCH.code()).isEqualTo("signature.digest_mismatch");
        assertThat(Fault.values())
                .allSatisfy(fault -> assertThat(fault.detail()).isNotBlank());
    }

    private static HttpSignatureVerifier verifier(SignedComponents policy) {
        HttpSignatureKey key =
                HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), SignerGrant.of("partner"));
        return HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("k", key)))
                .components(policy)
                .replaysPermittedUntilExpiry()
                .clock(CLOCK)
                .build();
    }

    private static SignedBody verified(HttpSignatureVerifier verifier, HttpMessage message) {
        HttpSignatureResult result = verifier.verify(message);
        assertThat(result).isInstanceOf(HttpSignatureResult.Valid.class);
        return ((HttpSignatureResult.Valid) result).signature().body();
    }

    @Test
    void fault_responseOverTheRequestsDigestAlone_doesNotVouchForItsOwnBody() {
        HttpMessage request =
                HttpMessage.request("POST", URI.create("https://api.example.com/"), List.of(ContentDigest.of(BODY)));
        HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                .clock(CLOCK)
                .covering("@status", "\"content-digest\";req")
                .build();
        List<Header> fields = new ArrayList<>(signer.sign(HttpMessage.response(200, List.of(), request)));
        fields.add(ContentDigest.of(OTHER)); // added on the way

        SignedBody body =
                verified(verifier(SignedComponents.onlyThese("@status")), HttpMessage.response(200, fields, request));

        assertThat(body.isMeaningful()).isFalse();
    }

    @Test
    void fault_trailerDigestCovered_doesNotVouchByTheField() {
        HttpMessage message = HttpMessage.response(200, List.of(), null).withTrailers(List.of(ContentDigest.of(BODY)));
        HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                .clock(CLOCK)
                .covering("@status", "\"content-digest\";tr")
                .build();
        List<Header> fields = new ArrayList<>(signer.sign(message));
        fields.add(ContentDigest.of(OTHER)); // added on the way

        SignedBody body = verified(
                verifier(SignedComponents.onlyThese("@status")),
                HttpMessage.response(200, fields, null).withTrailers(List.of(ContentDigest.of(BODY))));

        assertThat(body.isMeaningful()).isFalse();
    }

    @Test
    void fault_oneDigestCovered_othersDoNotCount() {
        HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                .clock(CLOCK)
                .covering("@method", "@target-uri", "\"content-digest\";key=\"md5\"")
                .build();
        SignedRequest weak = SignedRequest.get()
                .with("Content-Digest", "md5=:AAAA:")
                .signedBy(signer)
                .replacing(
                        "Content-Digest",
                        "md5=:AAAA:",
                        "md5=:AAAA:, " + ContentDigest.of(OTHER).value());
        SignedRequest strong = SignedRequest.get()
                .with(List.of(ContentDigest.of(BODY)))
                .signedBy(HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                        .clock(CLOCK)
                        .covering("@method", "@target-uri", "\"content-digest\";key=\"sha-256\"")
                        .build());
        HttpSignatureVerifier verifier = verifier(SignedComponents.wholeRequest());

        SignedBody ofWeak = verified(verifier, HttpMessage.received(weak, SignedRequest.arrival()));
        SignedBody ofStrong = verified(verifier, HttpMessage.received(strong, SignedRequest.arrival()));

        assertThat(ofWeak.fault(OTHER)).contains(Fault.DIGEST_MISSING);
        assertThat(ofStrong.fault(BODY)).isEmpty();
        assertThat(ofStrong.fault(OTHER)).contains(Fault.DIGEST_MISMATCH);
    }
}
