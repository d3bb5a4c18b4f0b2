package io.apiguard.authn;

import static io.apiguard.authn.jwt.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.Kind;
import io.apiguard.authn.Authentication.Success;
import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.HttpSignatureKey;
import io.apiguard.authn.httpsig.HttpSignatureKeys;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.HttpSignatureVerifierBuilder;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.authn.httpsig.SignedBody;
import io.apiguard.authn.httpsig.SignedComponents;
import io.apiguard.authn.httpsig.SignerGrant;
import io.apiguard.authn.jwt.Tokens;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.Header;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.secret.Fingerprint;
import io.apiguard.store.ReplayStore.Outcome;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Signatures as credentials, beside the others. */
class AuthenticatorSignatureTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyPair PAIR = pair();
    private static final String SIGNATURE = "Signature realm=\"api\"";
    private static final Arrival ARRIVAL = new Arrival(
            ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow()),
            true,
            Authority.parse("api.example.com").orElseThrow(),
            false);

    private final Fingerprint fingerprint = Fingerprint.ephemeral(new SecureRandom());

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A GET of {@code https://api.example.com/me}. */
    private record Request(List<Header> fields) implements ApiRequest {

        Request with(String name, String value) {
            return with(List.of(new Header(name, value)));
        }

        Request with(List<Header> more) {
            List<Header> all = new ArrayList<>(fields);
            all.addAll(more);
            return new Request(all);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/me";
        }

        @Override
        public String rawQuery() {
            return null;
        }

        @Override
        public boolean secure() {
            return true;
        }

        @Override
        public String peerAddress() {
            return "192.0.2.1";
        }

        @Override
        public List<String> headers(String name) {
            return fields.stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        @Override
        public Set<String> headerNames() {
            return fields.stream().map(Header::name).collect(Collectors.toSet());
        }
    }

    private static HttpSignatureVerifierBuilder verifier() {
        HttpSignatureKey key =
                HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), SignerGrant.of("partner"));
        return HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("key-1", key)))
                .clock(() -> NOW);
    }

    private Authenticator alone(HttpSignatureVerifier verifier) {
        return Authenticator.builder()
                .signatures(verifier)
                .fingerprint(fingerprint)
                .build();
    }

    private Authenticator alone() {
        return alone(verifier().replaysPermittedUntilExpiry().build());
    }

    private static Request signed(String label) {
        HttpMessageSigner signer = HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "key-1")
                .label(label)
                .clock(() -> NOW)
                .build();
        URI uri = URI.create("https://api.example.com/me");
        return new Request(signer.sign(HttpMessage.request("GET", uri, List.of())));
    }

    private static Failure failure(Authentication authentication) {
        assertThat(authentication).isInstanceOf(Failure.class);
        return (Failure) authentication;
    }

    @Test
    void authenticate_goodSignature_isTheSigner() {
        Authentication authentication = alone().authenticate(signed("sig"), ARRIVAL);

        assertThat(authentication).isInstanceOfSatisfying(Success.class, success -> {
            assertThat(success.identity().subject()).isEqualTo("partner");
            assertThat(success.identity().method()).isEqualTo(AuthenticationMethod.HTTP_SIGNATURE);
            assertThat(success.identity().keyId()).as("that of API keys").isEmpty();
            assertThat(success.fingerprint()).isEqualTo(fingerprint.of("httpsig key-1"));
            SignedBody body = success.body();
            assertThat(body).isNotNull();
            assertThat(body.fault(new byte[1])).contains(SignedBody.Fault.BODY_UNSIGNED);
        });
    }

    @Test
    void authenticate_signatureThatSaysNothingOfTheBody_leavesItAlone() {
        HttpSignatureVerifier some = verifier()
                .components(SignedComponents.onlyThese("@method"))
                .replaysPermittedUntilExpiry()
                .build();
        assertThat(alone(some).authenticate(signed("sig"), ARRIVAL))
                .isInstanceOfSatisfying(
                        Success.class, success -> assertThat(success.body()).isNull());
    }

    @Test
    void authenticate_nothing_isNone() {
        assertThat(alone().authenticate(new Request(List.of()), ARRIVAL)).isEqualTo(new Authentication.None());
        assertThat(alone().challenges().credentialRequired()).containsExactly(SIGNATURE);
    }

    @Test
    void authenticate_signatureWhereNoneAreTaken_isNoCredential() {
        Authenticator tokens =
                Authenticator.builder().bearerTokens(Tokens.verifier().build()).build();
        assertThat(tokens.authenticate(signed("sig"), ARRIVAL)).isEqualTo(new Authentication.None());
        Request both = signed("sig").with("Authorization", "Bearer " + token().text());
        assertThat(tokens.authenticate(both, ARRIVAL)).isInstanceOf(Success.class);
    }

    @Test
    void authenticate_signatureForOthers_isNoCredential() {
        Authenticator tagged = Authenticator.builder()
                .signatures(verifier().replaysPermittedUntilExpiry().tag("mine").build())
                .bearerTokens(Tokens.verifier().build())
                .build();
        assertThat(tagged.authenticate(signed("proxy"), ARRIVAL)).isEqualTo(new Authentication.None());
        Request both = signed("proxy").with("Authorization", "Bearer " + token().text());
        assertThat(tagged.authenticate(both, ARRIVAL)).isInstanceOf(Success.class);
    }

    @Test
    void authenticate_signatureAndAnotherCredential_isSeveral() {
        Authenticator both = Authenticator.builder()
                .signatures(verifier().replaysPermittedUntilExpiry().build())
                .bearerTokens(Tokens.verifier().build())
                .build();
        for (Request request : List.of(signed("sig"), new Request(List.of(new Header("Signature", "garbage"))))) {
            Failure failure =
                    failure(both.authenticate(request.with("Authorization", "Bearer " + token().text()), ARRIVAL));
            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(failure.reason()).isEqualTo("credential.several");
        }
        assertThat(both.challenges().credentialRequired()).containsExactly("Bearer realm=\"api\"", SIGNATURE);
    }

    @Test
    void authenticate_twoSignatures_areTwoCredentials() {
        Failure failure =
                failure(alone().authenticate(signed("one").with(signed("other").fields()), ARRIVAL));
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure.reason()).isEqualTo("signature.ambiguous");
    }

    @Test
    void authenticate_badSignatures_lookAllTheSame() {
        Request good = signed("sig");
        List<Request> bad = List.of(
                new Request(good.fields().subList(0, 1)),
                new Request(good.fields().subList(1, 2)),
                good.with(good.fields()),
                new Request(List.of(new Header("Signature", ""))),
                new Request(List.of(new Header("Signature-Input", "((("))).with("Signature", "sig=:AAAA:"),
                new Request(good.fields().subList(0, 1)).with("Signature", "sig=:AAAA:"),
                signed("sig").with("Content-Length", "1"));
        for (Request request : bad) {
            Failure failure = failure(alone().authenticate(request, ARRIVAL));
            assertThat(failure.status()).isEqualTo(401);
            assertThat(failure.reason()).startsWith("signature.");
            assertThat(failure.challenges()).containsExactly(SIGNATURE);
            assertThat(failure.retryAfter()).isNull();
        }
    }

    @Test
    void authenticate_arrivalNotKnown_isRefused() {
        Failure failure = failure(alone().authenticate(signed("sig"), null));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.reason()).isEqualTo("signature.target");
    }

    @Test
    void authenticate_storeOfNonces_saysWhatBecomesOfTheRequest() {
        assertThat(withStore(Outcome.FIRST)).isInstanceOf(Success.class);
        assertThat(failure(withStore(Outcome.REPLAYED)).status()).isEqualTo(401);
        Failure full = failure(withStore(Outcome.FULL));
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.retryAfter()).isPositive();
        assertThat(full.challenges()).isEmpty();
        Failure quota = failure(withStore(Outcome.OVER_QUOTA));
        assertThat(quota.status()).isEqualTo(429);
        assertThat(quota.retryAfter()).isPositive();
    }

    private Authentication withStore(Outcome outcome) {
        HttpSignatureVerifier remembering =
                verifier().replayStore((owner, value, until) -> outcome).build();
        return alone(remembering).authenticate(signed("sig"), ARRIVAL);
    }

    @Test
    void build_nothingSet_namesSignaturesToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authenticator.builder().build())
                .withMessageContaining("signatures");
    }
}
