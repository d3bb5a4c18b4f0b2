package io.apiguard.authn;

import static io.apiguard.authn.mtls.CertificateRequest.arrival;
import static io.apiguard.authn.mtls.CertificateRequest.bytes;
import static io.apiguard.authn.mtls.CertificateRequest.direct;
import static io.apiguard.authn.mtls.TestCertificate.NOW;
import static io.apiguard.authn.mtls.TestCertificate.authority;
import static io.apiguard.authn.mtls.TestCertificate.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.None;
import io.apiguard.authn.Authentication.Success;
import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyStore;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.apikey.IssuedApiKey;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.dpop.Proofs;
import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.Tokens;
import io.apiguard.authn.mtls.CertificateNaming;
import io.apiguard.authn.mtls.CertificateRequest;
import io.apiguard.authn.mtls.ClientCertificates;
import io.apiguard.authn.mtls.ClientCertificatesBuilder;
import io.apiguard.authn.mtls.ForwardedCertificate;
import io.apiguard.authn.mtls.SubjectAttribute;
import io.apiguard.authn.mtls.TestCertificate.Issued;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.secret.Fingerprint;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.InMemoryRevocationStore;
import io.apiguard.store.Revocation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates beside tokens, proofs and API keys, and alone. */
class CertificateAuthenticationTest {

    private static final Issued ROOT = authority("root");
    private static final Issued MINE = certificate().subject("CN=shop").by(ROOT);
    private static final Issued OTHER = certificate().subject("CN=other").by(ROOT);
    private static final Issued STRANGER = certificate().subject("CN=shop").by(authority("root"));
    private static final Issued NAMELESS = certificate().subject("O=x").by(ROOT);
    private static final String THUMBPRINT = ClientCertificates.thumbprint(MINE.certificate());
    private static final String BEARER = "Bearer realm=\"api\"";
    private static final String INVALID_TOKEN = BEARER + ", error=\"invalid_token\"";

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final SecretSource secrets = SecretSources.ephemeral(new SecureRandom());
    private final Fingerprint fingerprint = Fingerprint.with(secrets);
    private final IssuedApiKey issued =
            ApiKeys.using(secrets, ApiKeyStore.of(List.of())).issue(ApiKeyGrant.to("job"));
    private final DpopVerifier dpop = DpopVerifier.builder(new InMemoryReplayStore(10, 10, now::get))
            .clock(now::get)
            .build();

    private ClientCertificatesBuilder anchored() {
        return ClientCertificates.builder()
                .anchors(List.of(ROOT.certificate()))
                .forwardedBy(ForwardedCertificate.CLIENT_CERT)
                .clock(now::get);
    }

    private ClientCertificates naming() {
        return anchored()
                .naming(CertificateNaming.subject(SubjectAttribute.COMMON_NAME))
                .build();
    }

    private AuthenticatorBuilder tokens() {
        return Authenticator.builder()
                .bearerTokens(Tokens.verifier()
                        .clock(now::get)
                        .fingerprint(fingerprint)
                        .acceptSenderConstrained()
                        .build())
                .fingerprint(fingerprint);
    }

    private Authenticator binding() {
        return tokens().apiKeys(keys())
                .certificates(anchored().build(), CertificateWithToken.REFUSE)
                .build();
    }

    private Authenticator naming(CertificateWithToken withToken) {
        return tokens().apiKeys(keys()).certificates(naming(), withToken).build();
    }

    private ApiKeys keys() {
        return ApiKeys.using(secrets, ApiKeyStore.of(List.of(issued.stored()))).withClock(now::get);
    }

    private static Tokens token() {
        return Tokens.token().claim("iat", NOW.getEpochSecond()).claim("exp", NOW.getEpochSecond() + 300);
    }

    private static String bound(String thumbprint) {
        return token().claim("cnf", Map.of("x5t#S256", thumbprint)).text();
    }

    private static CertificateRequest bearer(CertificateRequest request, String token) {
        return request.with("Authorization", "Bearer " + token);
    }

    private static CertificateRequest told(Issued client) {
        return direct().with("Client-Cert", bytes(client.certificate()));
    }

    private static Authentication from(Authenticator by, CertificateRequest request) {
        return by.authenticate(request, arrival(false));
    }

    private static void assertSubject(Authentication found, String subject, AuthenticationMethod method) {
        assertThat(found).isInstanceOfSatisfying(Success.class, success -> {
            assertThat(success.identity().subject()).isEqualTo(subject);
            assertThat(success.identity().method()).isEqualTo(method);
        });
    }

    private static Failure failure(Authentication found, int status, String reason) {
        assertThat(found).isInstanceOf(Failure.class);
        Failure failure = (Failure) found;
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.status()).isEqualTo(status);
        return failure;
    }

    // bound tokens

    @Test
    void bound_certificateOfTheConnection_isSuccess() {
        Authentication found = from(binding(), bearer(direct(MINE.certificate()), bound(THUMBPRINT)));
        assertSubject(found, "alice", AuthenticationMethod.JWT);
        assertThat(((Success) found).identity().isSenderConstrained()).isTrue();
    }

    @Test
    void bound_otherCertificate_isRefused() {
        Failure failure = failure(
                from(binding(), bearer(direct(OTHER.certificate()), bound(THUMBPRINT))),
                401,
                "token.certificate_mismatch");
        assertThat(failure.challenges()).containsExactly(INVALID_TOKEN, "ApiKey realm=\"api\", header=\"X-API-Key\"");
        assertThat(failure.toString()).doesNotContain(THUMBPRINT);
    }

    @Test
    void bound_noCertificate_isRefused() {
        Failure failure =
                failure(from(binding(), bearer(direct(), bound(THUMBPRINT))), 401, "token.certificate_absent");
        assertThat(failure.challenges()).containsExactly(INVALID_TOKEN, "ApiKey realm=\"api\", header=\"X-API-Key\"");
    }

    @Test
    void bound_certificateThatIsRefused_isRefusedAsTokenToo() {
        String token = bound(ClientCertificates.thumbprint(STRANGER.certificate()));
        Failure failure =
                failure(from(binding(), bearer(direct(STRANGER.certificate()), token)), 401, "certificate.chain");
        assertThat(failure.challenges()).containsExactly(INVALID_TOKEN, "ApiKey realm=\"api\", header=\"X-API-Key\"");
        assertThat(failure.detail()).startsWith("the client certificate has a chain");
    }

    @Test
    void bound_certificateInTheLastSecondOfItsTime_isSuccess() {
        Issued brief =
                certificate().valid(NOW.minusSeconds(60), NOW.plusSeconds(60)).by(ROOT);
        CertificateRequest request =
                bearer(direct(brief.certificate()), bound(ClientCertificates.thumbprint(brief.certificate())));
        Authenticator authenticator = binding();
        now.set(NOW.plusSeconds(60));
        assertThat(from(authenticator, request)).isInstanceOf(Success.class);
        now.set(NOW.plusSeconds(61));
        failure(from(authenticator, request), 401, "certificate.expired");
    }

    @Test
    void bound_tokenThatIsRemembered_isComparedAnew() {
        Authenticator authenticator = binding();
        String token = bound(THUMBPRINT);
        assertThat(from(authenticator, bearer(direct(MINE.certificate()), token)))
                .isInstanceOf(Success.class);
        failure(from(authenticator, bearer(direct(OTHER.certificate()), token)), 401, "token.certificate_mismatch");
        failure(from(authenticator, bearer(direct(), token)), 401, "token.certificate_absent");
        assertThat(from(authenticator, bearer(direct(MINE.certificate()), token)))
                .isInstanceOf(Success.class);
    }

    @Test
    void bound_certificateToldByATrustedProxy_isSuccess() {
        Authenticator authenticator = binding();
        CertificateRequest right = bearer(told(MINE), bound(THUMBPRINT));
        assertThat(authenticator.authenticate(right, arrival(true))).isInstanceOf(Success.class);
        CertificateRequest wrong = bearer(told(OTHER), bound(THUMBPRINT));
        failure(authenticator.authenticate(wrong, arrival(true)), 401, "token.certificate_mismatch");
    }

    @Test
    void bound_certificateToldByAnybody_isAbsent() {
        Authenticator authenticator = binding();
        failure(from(authenticator, bearer(told(MINE), bound(THUMBPRINT))), 401, "token.certificate_absent");
        failure(
                authenticator.authenticate(bearer(told(MINE), bound(THUMBPRINT)), null),
                401,
                "token.certificate_absent");
    }

    @Test
    void bound_certificateOfTheProxyItself_isAbsent() {
        CertificateRequest request = bearer(direct(MINE.certificate()), bound(THUMBPRINT));
        failure(binding().authenticate(request, arrival(true)), 401, "token.certificate_absent");
        failure(binding().authenticate(request, null), 401, "token.certificate_absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", ":AAAA:", "::", "\"x\""})
    void bound_garbageOfATrustedProxy_isRefused(String value) {
        CertificateRequest request = bearer(direct().with("Client-Cert", value), bound(THUMBPRINT));
        Failure failure = failure(binding().authenticate(request, arrival(true)), 401, "certificate.malformed");
        assertThat(failure.challenges()).containsExactly(INVALID_TOKEN, "ApiKey realm=\"api\", header=\"X-API-Key\"");
        assertThat(from(binding(), bearer(direct().with("Client-Cert", value), token().text())))
                .isInstanceOf(Success.class);
    }

    @Test
    void bound_butMutualTlsNotSetUp_isRefused() {
        Authenticator without = tokens().dpop(dpop).build();
        failure(from(without, bearer(direct(MINE.certificate()), bound(THUMBPRINT))), 401, "token.sender_constrained");
        failure(from(without, proven(direct(MINE.certificate()), both(), "p1")), 401, "dpop.unbound");
    }

    @Test
    void bound_badTokenWithItsCertificate_isRefusedForTheToken() {
        String expired = token().claim("cnf", Map.of("x5t#S256", THUMBPRINT))
                .claim("iat", NOW.getEpochSecond() - 300)
                .claim("exp", NOW.getEpochSecond() - 31)
                .text();
        failure(from(binding(), bearer(direct(MINE.certificate()), expired)), 401, "token.expired");
    }

    // certificates that are a matter of the connection alone

    @Test
    void channel_otherCredentialsBesideIt_areTheOnlyOnes() {
        Authenticator authenticator = binding();
        CertificateRequest request = direct(MINE.certificate());
        assertThat(from(authenticator, request)).isEqualTo(new None());
        assertSubject(from(authenticator, bearer(request, token().text())), "alice", AuthenticationMethod.JWT);
        assertSubject(
                from(authenticator, request.with("X-API-Key", issued.key())), "job", AuthenticationMethod.API_KEY);
        assertThat(authenticator.challenges().credentialRequired())
                .noneMatch(challenge -> challenge.startsWith("ClientCertificate"));
    }

    @Test
    void channel_certificateThatIsRefused_refusesWhateverComesWithIt() {
        Authenticator authenticator = binding();
        CertificateRequest request = direct(STRANGER.certificate());
        Failure alone = failure(from(authenticator, request), 401, "certificate.chain");
        assertThat(alone.challenges()).isEqualTo(authenticator.challenges().credentialRequired());
        failure(from(authenticator, bearer(request, token().text())), 401, "certificate.chain");
        failure(from(authenticator, request.with("X-API-Key", issued.key())), 401, "certificate.chain");
    }

    // proofs beside certificates

    private static String both() {
        return bothBound(THUMBPRINT);
    }

    private static final TestKey KEY = TestKey.of("k1", JwsAlgorithm.ES256);

    private static String bothBound(@Nullable String certificate) {
        Map<String, Object> confirmation = new LinkedHashMap<>();
        confirmation.put("jkt", jkt());
        if (certificate != null) {
            confirmation.put("x5t#S256", certificate);
        }
        return token().claim("cnf", confirmation).text();
    }

    private static String jkt() {
        DpopVerifier verifier = DpopVerifier.builder(new InMemoryReplayStore(1, 1, () -> NOW))
                .clock(() -> NOW)
                .build();
        var result = verifier.verify(List.of(proof("t", "p0")), "GET", arrival(false), "/", "t");
        return ((io.apiguard.authn.dpop.DpopResult.Valid) result).proof().thumbprint();
    }

    private static String proof(String token, String id) {
        return Proofs.by(KEY)
                .claim("htu", "\"https://api.example.com/\"")
                .claim("iat", String.valueOf(NOW.getEpochSecond()))
                .claim("ath", "\"" + Proofs.hash(token) + "\"")
                .claim("jti", "\"" + id + "\"")
                .sign();
    }

    private static CertificateRequest proven(CertificateRequest request, String token, String id) {
        return request.with("Authorization", "DPoP " + token).with("DPoP", proof(token, id));
    }

    private Authenticator proving(ClientCertificates certificates, CertificateWithToken withToken) {
        return tokens().dpop(dpop).certificates(certificates, withToken).build();
    }

    @Test
    void boundTwice_needsProofAndCertificate() {
        Authenticator authenticator = proving(anchored().build(), CertificateWithToken.REFUSE);
        String token = both();
        failure(from(authenticator, bearer(direct(MINE.certificate()), token)), 401, "token.sender_constrained");
        failure(from(authenticator, proven(direct(), token, "p1")), 401, "token.certificate_absent");
        Failure wrong = failure(
                from(authenticator, proven(direct(OTHER.certificate()), token, "p1")),
                401,
                "token.certificate_mismatch");
        assertThat(wrong.challenges()).anyMatch(value -> value.startsWith("DPoP ") && value.contains("invalid_token"));
        assertThat(from(authenticator, proven(direct(MINE.certificate()), token, "p1")))
                .as("a certificate that is missing or wrong has used no proof up")
                .isInstanceOf(Success.class);
        failure(from(authenticator, proven(direct(MINE.certificate()), token, "p1")), 401, "dpop.replayed");
    }

    @Test
    void boundToACertificateOnly_inTheSchemeOfProofs_isRefused() {
        Authenticator authenticator = proving(anchored().build(), CertificateWithToken.REFUSE);
        failure(from(authenticator, proven(direct(MINE.certificate()), bound(THUMBPRINT), "p1")), 401, "dpop.unbound");
    }

    @Test
    void boundToAProofKeyOnly_besideACertificate_isAsWithAnyToken() {
        CertificateRequest request = proven(direct(MINE.certificate()), bothBound(null), "p1");
        assertThat(from(proving(anchored().build(), CertificateWithToken.REFUSE), request))
                .isInstanceOf(Success.class);
        failure(from(proving(naming(), CertificateWithToken.REFUSE), request), 400, "credential.several");
        failure(from(proving(naming(), CertificateWithToken.BOUND), request), 400, "credential.several");
        assertThat(from(
                        proving(naming(), CertificateWithToken.ANY),
                        proven(direct(MINE.certificate()), bothBound(null), "p2")))
                .isInstanceOf(Success.class);
    }

    @Test
    void proof_besideACertificateThatIsRefused_isToldInItsScheme() {
        Authenticator authenticator = proving(anchored().build(), CertificateWithToken.REFUSE);
        Failure failure = failure(
                from(authenticator, proven(direct(STRANGER.certificate()), both(), "p1")), 401, "certificate.chain");
        assertThat(failure.challenges())
                .anyMatch(value -> value.startsWith("DPoP ") && value.contains("invalid_token"))
                .anyMatch(value -> value.equals(BEARER));
    }

    // certificates that name callers

    @ParameterizedTest
    @EnumSource
    void named_alone_isTheIdentity(CertificateWithToken withToken) {
        Authentication found = from(naming(withToken), direct(MINE.certificate()));
        assertSubject(found, "shop", AuthenticationMethod.MUTUAL_TLS);
        Success success = (Success) found;
        assertThat(success.identity().isSenderConstrained()).isTrue();
        assertThat(success.identity().issuer()).contains("CN=root");
        assertThat(success.fingerprint()).isEqualTo(fingerprint.of(THUMBPRINT)).isNotEqualTo(THUMBPRINT);
    }

    @Test
    void named_toldByATrustedProxy_isTheIdentity() {
        Authenticator authenticator = naming(CertificateWithToken.REFUSE);
        assertSubject(authenticator.authenticate(told(MINE), arrival(true)), "shop", AuthenticationMethod.MUTUAL_TLS);
        assertThat(from(authenticator, told(MINE))).isEqualTo(new None());
    }

    @Test
    void named_withoutAName_isRefused() {
        Authenticator authenticator = naming(CertificateWithToken.ANY);
        failure(from(authenticator, direct(NAMELESS.certificate())), 401, "certificate.identity");
        failure(
                from(authenticator, bearer(direct(NAMELESS.certificate()), token().text())),
                401,
                "certificate.identity");
    }

    @Test
    void named_absent_isAnonymousAndToldOfTheWay() {
        Authenticator authenticator = naming(CertificateWithToken.REFUSE);
        assertThat(from(authenticator, direct())).isEqualTo(new None());
        assertThat(authenticator.challenges().credentialRequired())
                .containsExactly(
                        BEARER, "ApiKey realm=\"api\", header=\"X-API-Key\"", "ClientCertificate realm=\"api\"");
    }

    @Test
    void named_besideAToken_isOneTooManyByDefault() {
        Authenticator authenticator = naming(CertificateWithToken.REFUSE);
        for (String token : List.of(token().text(), bound(THUMBPRINT), "garbage")) {
            Failure failure =
                    failure(from(authenticator, bearer(direct(MINE.certificate()), token)), 400, "credential.several");
            assertThat(failure.challenges())
                    .containsExactly(
                            BEARER + ", error=\"invalid_request\"",
                            "ApiKey realm=\"api\", header=\"X-API-Key\"",
                            "ClientCertificate realm=\"api\"");
        }
        assertSubject(from(authenticator, bearer(direct(), token().text())), "alice", AuthenticationMethod.JWT);
    }

    @Test
    void named_besideABoundToken_isOneCredentialWhereThatIsSaid() {
        Authenticator authenticator = naming(CertificateWithToken.BOUND);
        CertificateRequest mine = direct(MINE.certificate());
        assertSubject(from(authenticator, bearer(mine, bound(THUMBPRINT))), "alice", AuthenticationMethod.JWT);
        failure(from(authenticator, bearer(mine, token().text())), 400, "credential.several");
        failure(
                from(authenticator, bearer(direct(OTHER.certificate()), bound(THUMBPRINT))),
                401,
                "token.certificate_mismatch");
        failure(from(authenticator, bearer(mine, "garbage")), 401, "token.malformed");
    }

    @Test
    void named_besideAnyToken_isOneCredentialWhereThatIsSaid() {
        Authenticator authenticator = naming(CertificateWithToken.ANY);
        CertificateRequest mine = direct(MINE.certificate());
        assertSubject(from(authenticator, bearer(mine, token().text())), "alice", AuthenticationMethod.JWT);
        assertSubject(from(authenticator, bearer(mine, bound(THUMBPRINT))), "alice", AuthenticationMethod.JWT);
        failure(
                from(authenticator, bearer(direct(OTHER.certificate()), bound(THUMBPRINT))),
                401,
                "token.certificate_mismatch");
    }

    @ParameterizedTest
    @EnumSource
    void named_besideAnApiKey_isAlwaysOneTooMany(CertificateWithToken withToken) {
        CertificateRequest request = direct(MINE.certificate()).with("X-API-Key", issued.key());
        failure(from(naming(withToken), request), 400, "credential.several");
    }

    @ParameterizedTest
    @EnumSource
    void named_besideTokenAndApiKey_isTwoTooMany(CertificateWithToken withToken) {
        CertificateRequest request =
                bearer(direct(MINE.certificate()), bound(THUMBPRINT)).with("X-API-Key", issued.key());
        failure(from(naming(withToken), request), 400, "credential.several");
    }

    @Test
    void named_subjectRevoked_isRefused() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (RevocationList list = RevocationList.following(new InMemoryRevocationStore(10, now::get))
                .scheduler(scheduler)
                .clock(now::get)
                .build()) {
            Authenticator authenticator = Authenticator.builder()
                    .certificates(naming(), CertificateWithToken.REFUSE)
                    .revocations(list)
                    .build();
            list.warmUp();
            assertThat(from(authenticator, direct(MINE.certificate()))).isInstanceOf(Success.class);
            list.revoke(new Revocation.SubjectBefore("CN=root", "shop", NOW, NOW.plusSeconds(7200)));
            Failure failure = failure(from(authenticator, direct(MINE.certificate())), 401, "credential.revoked");
            assertThat(failure.challenges()).containsExactly("ClientCertificate realm=\"api\"");
            assertThat(from(authenticator, direct(OTHER.certificate()))).isInstanceOf(Success.class);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void build_certificatesOfNoUse_areRefused() {
        AuthenticatorBuilder builder = Authenticator.builder()
                .apiKeys(keys())
                .certificates(ClientCertificates.builder().build(), CertificateWithToken.REFUSE);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("naming");
        assertThat(Authenticator.builder()
                        .certificates(naming(), CertificateWithToken.REFUSE)
                        .build()
                        .challenges()
                        .credentialRequired())
                .containsExactly("ClientCertificate realm=\"api\"");
    }
}
