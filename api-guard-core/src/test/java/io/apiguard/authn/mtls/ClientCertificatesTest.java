package io.apiguard.authn.mtls;

import static io.apiguard.authn.mtls.CertificateRequest.arrival;
import static io.apiguard.authn.mtls.CertificateRequest.bytes;
import static io.apiguard.authn.mtls.CertificateRequest.direct;
import static io.apiguard.authn.mtls.CertificateRequest.pem;
import static io.apiguard.authn.mtls.TestCertificate.NOW;
import static io.apiguard.authn.mtls.TestCertificate.authority;
import static io.apiguard.authn.mtls.TestCertificate.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.authn.mtls.CertificateResult.Reason;
import io.apiguard.authn.mtls.TestCertificate.Issued;
import io.apiguard.event.GuardEvent;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificatesTest {

    private static final Issued ROOT = authority("root");
    private static final Issued MIDDLE =
            certificate().subject("CN=middle").ofAuthority().by(ROOT);
    private static final Issued CLIENT = certificate().by(ROOT);
    private static final String XFCC = "X-Forwarded-Client-Cert";

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final List<GuardEvent> events = new ArrayList<>();

    private ClientCertificatesBuilder anchored() {
        return ClientCertificates.builder()
                .anchors(List.of(ROOT.certificate()))
                .listener(events::add)
                .clock(now::get);
    }

    private ClientCertificates by(ForwardedCertificate kind) {
        return anchored().forwardedBy(kind).build();
    }

    private CertificateResult verify(Issued... chain) {
        X509Certificate[] certificates =
                Arrays.stream(chain).map(Issued::certificate).toArray(X509Certificate[]::new);
        return anchored().build().verify(direct(certificates), arrival(false));
    }

    private static @Nullable Reason reason(CertificateResult result) {
        return result instanceof CertificateResult.Invalid invalid ? invalid.reason() : null;
    }

    private static VerifiedCertificate valid(CertificateResult result) {
        assertThat(result).isInstanceOf(CertificateResult.Valid.class);
        return ((CertificateResult.Valid) result).certificate();
    }

    // the chain

    @Test
    void verify_noCertificate_isAbsent() {
        assertThat(verify()).isEqualTo(new CertificateResult.Absent());
    }

    @Test
    void verify_chainToTheAnchor_isValidWithoutIdentity() {
        VerifiedCertificate certificate = valid(verify(CLIENT));
        assertThat(certificate.identity()).isEmpty();
        assertThat(certificate.thumbprint()).hasSize(43).isEqualTo(ClientCertificates.thumbprint(CLIENT.certificate()));
        assertThat(certificate).hasToString("VerifiedCertificate[" + certificate.thumbprint() + "]");
    }

    @Test
    void verify_chainOverAnIntermediate_needsIt() {
        Issued client = certificate().by(MIDDLE);
        valid(verify(client, MIDDLE));
        valid(verify(client, MIDDLE, ROOT));
        assertThat(reason(verify(client))).isEqualTo(Reason.CHAIN);
        assertThat(reason(verify(client, ROOT, MIDDLE))).isEqualTo(Reason.CHAIN);
    }

    @Test
    void verify_otherAuthorityOfTheSameName_isRefused() {
        assertThat(reason(verify(certificate().by(authority("root"))))).isEqualTo(Reason.CHAIN);
        assertThat(reason(verify(certificate().selfSigned()))).isEqualTo(Reason.CHAIN);
    }

    @Test
    void verify_issuedByAClient_isRefused() {
        assertThat(reason(verify(certificate().by(CLIENT), CLIENT))).isEqualTo(Reason.CHAIN);
    }

    @Test
    void verify_certificateOfAnAuthority_isRefused() {
        assertThat(reason(verify(MIDDLE))).isEqualTo(Reason.USAGE);
        assertThat(reason(verify(ROOT))).isEqualTo(Reason.USAGE);
    }

    @Test
    void verify_nineCertificates_areTooMany() {
        Issued[] chain = new Issued[9];
        Arrays.fill(chain, CLIENT);
        assertThat(reason(verify(chain))).isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"-3601, NOT_YET_VALID", "-3600, ", "3600, ", "3601, EXPIRED"})
    void verify_time_isBounded(long seconds, @Nullable Reason expected) {
        now.set(NOW.plusSeconds(seconds));
        Issued old = certificate()
                .subject("CN=long")
                .valid(NOW.minusSeconds(9999), NOW.plusSeconds(9999))
                .ofAuthority()
                .selfSigned();
        ClientCertificates certificates = ClientCertificates.builder()
                .anchors(List.of(old.certificate()))
                .clock(now::get)
                .build();
        assertThat(reason(certificates.verify(direct(certificate().by(old).certificate()), arrival(false))))
                .isEqualTo(expected);
    }

    @Test
    void verify_expiredAuthority_isRefused() {
        Issued middle = certificate()
                .subject("CN=m")
                .ofAuthority()
                .valid(NOW.minusSeconds(99), NOW.minusSeconds(1))
                .by(ROOT);
        assertThat(reason(verify(certificate().by(middle), middle))).isEqualTo(Reason.EXPIRED);
        Issued client = certificate().valid(NOW, NOW.plusSeconds(9999)).by(ROOT);
        now.set(NOW.plusSeconds(3601));
        assertThat(reason(verify(client))).isEqualTo(Reason.CHAIN);
    }

    @Test
    void verify_purpose_mustBeClients() {
        valid(verify(certificate().purpose(2).by(ROOT)));
        assertThat(reason(verify(certificate().purpose(1).by(ROOT)))).isEqualTo(Reason.USAGE);
        valid(verify(certificate().keyUsage(0x80).by(ROOT)));
        assertThat(reason(verify(certificate().keyUsage(0x20).by(ROOT)))).isEqualTo(Reason.USAGE);
        Issued servers = certificate().subject("CN=s").ofAuthority().purpose(1).by(ROOT);
        assertThat(reason(verify(certificate().by(servers), servers))).isEqualTo(Reason.USAGE);
    }

    @Test
    void verify_strongKey_isValid() {
        valid(verify(certificate().key(rsa(2048)).by(ROOT)));
        valid(verify(certificate().key(TestCertificate.ec("secp384r1")).by(ROOT)));
        valid(verify(certificate().key(TestCertificate.ec("secp521r1")).by(ROOT)));
        valid(verify(certificate()
                .key(TestCertificate.pair("EdDSA", NamedParameterSpec.ED25519))
                .by(ROOT)));
    }

    @Test
    void verify_weakOrOtherKey_isRefused() {
        assertThat(reason(verify(certificate().key(rsa(1024)).by(ROOT)))).isEqualTo(Reason.KEY);
        assertThat(reason(verify(certificate()
                        .key(TestCertificate.pair("EdDSA", NamedParameterSpec.ED448))
                        .by(ROOT))))
                .isEqualTo(Reason.KEY);
    }

    @Test
    void verify_brokenDigest_isRefused() {
        assertThat(reason(verify(certificate().signature("SHA1withECDSA").by(ROOT))))
                .isEqualTo(Reason.KEY);
    }

    @Test
    void verify_unknownCriticalExtension_isRefused() {
        assertThat(reason(verify(certificate()
                        .extension("2a0304", true, new byte[] {5, 0})
                        .by(ROOT))))
                .isEqualTo(Reason.CHAIN);
    }

    @Test
    void verify_directWithoutAnchors_isValidForBindingOnly() {
        ClientCertificates binding =
                ClientCertificates.builder().clock(now::get).build();
        Issued own = certificate().selfSigned();
        assertThat(valid(binding.verify(direct(own.certificate()), arrival(false)))
                        .identity())
                .isEmpty();
        Issued expired =
                certificate().valid(NOW.minusSeconds(9), NOW.minusSeconds(1)).selfSigned();
        assertThat(reason(binding.verify(direct(expired.certificate()), arrival(false))))
                .isEqualTo(Reason.EXPIRED);
    }

    /** The last instant of the client's certificate, of the intermediate authority's, and of the anchor's. */
    @ParameterizedTest
    @CsvSource({"20, 3600, 3600, EXPIRED", "3600, 20, 3600, EXPIRED", "3600, 3600, 20, CHAIN"})
    void verify_rememberedChain_isGoodNoLongerThanAnyOfIt(long client, long middle, long anchor, Reason expected) {
        Issued top = ending(anchor).subject("CN=top").ofAuthority().selfSigned();
        Issued between = ending(middle).subject("CN=between").ofAuthority().by(top);
        Issued leaf = ending(client).by(between);
        ClientCertificates certificates = anchored()
                .anchors(List.of(top.certificate()))
                .cache(10, Duration.ofHours(1))
                .build();
        CertificateRequest request = direct(leaf.certificate(), between.certificate());
        VerifiedCertificate first = valid(certificates.verify(request, arrival(false)));
        now.set(NOW.plusSeconds(20));
        assertThat(valid(certificates.verify(request, arrival(false)))).isSameAs(first);
        now.set(NOW.plusSeconds(21));
        assertThat(reason(certificates.verify(request, arrival(false)))).isEqualTo(expected);
    }

    private static TestCertificate ending(long seconds) {
        return certificate().valid(NOW.minusSeconds(60), NOW.plusSeconds(seconds));
    }

    @Test
    void verify_sameChainByOtherWay_isRememberedAsOne() {
        ClientCertificates certificates = by(ForwardedCertificate.CLIENT_CERT);
        VerifiedCertificate direct = valid(certificates.verify(direct(CLIENT.certificate()), arrival(false)));
        CertificateRequest told = direct().with("Client-Cert", bytes(CLIENT.certificate()));
        assertThat(valid(certificates.verify(told, arrival(true)))).isSameAs(direct);
    }

    private static KeyPair rsa(int bits) {
        return TestCertificate.pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    // proxies

    @Test
    void verify_certificateOfTheProxyItself_isNotTheClients() {
        for (ForwardedCertificate kind : ForwardedCertificate.values()) {
            assertThat(by(kind).verify(direct(CLIENT.certificate()), arrival(true)))
                    .isEqualTo(new CertificateResult.Absent());
        }
    }

    @Test
    void verify_fieldsOfAnUntrustedPeer_areIgnoredAndReportedOnce() {
        CertificateRequest request =
                direct().with("Client-Cert", bytes(CLIENT.certificate())).with(XFCC, "garbage");
        ClientCertificates certificates = by(ForwardedCertificate.CLIENT_CERT);
        assertThat(certificates.verify(request, arrival(false))).isEqualTo(new CertificateResult.Absent());
        assertThat(certificates.verify(request, arrival(false))).isEqualTo(new CertificateResult.Absent());
        assertThat(events).hasSize(1);
        assertThat(events.get(0).name()).isEqualTo("client-certificate.ignored");
        assertThat(events.get(0).attributes()).containsEntry("field", "Client-Cert");
    }

    @Test
    void verify_fieldOfAnotherKind_isIgnoredAndReported() {
        CertificateRequest request = direct().with(XFCC, "Cert=\"" + pem(CLIENT.certificate()) + "\"");
        assertThat(by(ForwardedCertificate.CLIENT_CERT).verify(request, arrival(true)))
                .isEqualTo(new CertificateResult.Absent());
        assertThat(events).hasSize(1);
    }

    @Test
    void verify_clientCert_isValid() {
        CertificateRequest request = direct().with("Client-Cert", bytes(CLIENT.certificate()));
        assertThat(valid(by(ForwardedCertificate.CLIENT_CERT).verify(request, arrival(true)))
                        .certificate())
                .isEqualTo(CLIENT.certificate());
        assertThat(events).isEmpty();
    }

    @Test
    void verify_clientCertChain_isUsed() {
        Issued client = certificate().by(MIDDLE);
        CertificateRequest leaf = direct().with("Client-Cert", bytes(client.certificate()));
        CertificateRequest chain =
                leaf.with("Client-Cert-Chain", bytes(MIDDLE.certificate()) + ", " + bytes(ROOT.certificate()));
        ClientCertificates certificates = by(ForwardedCertificate.CLIENT_CERT);
        valid(certificates.verify(chain, arrival(true)));
        assertThat(reason(certificates.verify(leaf, arrival(true)))).isEqualTo(Reason.CHAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", ":AAAA:", "AAAA", "\"x\"", ":%%:", "(:AAAA:)", "1"})
    void verify_malformedClientCert_isRefused(String value) {
        ClientCertificates certificates = by(ForwardedCertificate.CLIENT_CERT);
        assertThat(reason(certificates.verify(direct().with("Client-Cert", value), arrival(true))))
                .isEqualTo(Reason.MALFORMED);
        CertificateRequest good = direct().with("Client-Cert", bytes(CLIENT.certificate()));
        CertificateRequest chain = good.with("Client-Cert-Chain", value.isEmpty() ? "," : value);
        assertThat(reason(certificates.verify(chain, arrival(true)))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void verify_twoClientCertsOrAChainAlone_isRefused() {
        ClientCertificates certificates = by(ForwardedCertificate.CLIENT_CERT);
        CertificateRequest one = direct().with("Client-Cert", bytes(CLIENT.certificate()));
        assertThat(reason(certificates.verify(one.with("Client-Cert", bytes(CLIENT.certificate())), arrival(true))))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(certificates.verify(
                        direct().with("Client-Cert-Chain", bytes(ROOT.certificate())), arrival(true))))
                .isEqualTo(Reason.MALFORMED);
        String many = String.join(", ", java.util.Collections.nCopies(8, bytes(ROOT.certificate())));
        assertThat(reason(certificates.verify(one.with("Client-Cert-Chain", many), arrival(true))))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void verify_clientCertWithBytesBehindIt_isRefused() {
        byte[] der = CertificateRequest.der(CLIENT.certificate());
        String more = ":" + java.util.Base64.getEncoder().encodeToString(Arrays.copyOf(der, der.length + 1)) + ":";
        assertThat(reason(
                        by(ForwardedCertificate.CLIENT_CERT).verify(direct().with("Client-Cert", more), arrival(true))))
                .isEqualTo(Reason.MALFORMED);
    }

    private CertificateResult xfcc(String... lines) {
        CertificateRequest request = direct();
        for (String line : lines) {
            request = request.with(XFCC, line);
        }
        return by(ForwardedCertificate.X_FORWARDED_CLIENT_CERT).verify(request, arrival(true));
    }

    private static String hash(Issued issued) {
        return HexFormat.of().formatHex(ChainRules.sha256(issued.certificate()));
    }

    @Test
    void verify_xfccAsEnvoyWritesIt_isValid() {
        String cert = pem(CLIENT.certificate());
        valid(xfcc("By=spiffe://a/b;Hash=" + hash(CLIENT) + ";Cert=\"" + cert
                + "\";Subject=\"CN=\\\"a, b\\\";O=x\";URI=spiffe://c/d;URI=;DNS=e;DNS=f"));
        valid(xfcc("cert=" + cert));
        valid(xfcc("Chain=\"" + pem(CLIENT.certificate(), ROOT.certificate()) + "\";Cert=\"" + cert + "\""));
    }

    @Test
    void verify_xfccOfSeveralElements_takesTheLastOrTheChosen() {
        Issued other = certificate().subject("CN=other").by(ROOT);
        String first = "Cert=\"" + pem(other.certificate()) + "\"";
        String last = "Cert=\"" + pem(CLIENT.certificate()) + "\"";
        assertThat(valid(xfcc(first + "," + last)).certificate()).isEqualTo(CLIENT.certificate());
        assertThat(valid(xfcc(first, last)).certificate()).isEqualTo(CLIENT.certificate());
        ClientCertificates second = anchored()
                .forwardedBy(ForwardedCertificate.X_FORWARDED_CLIENT_CERT)
                .elementFromLast(2)
                .build();
        assertThat(valid(second.verify(direct().with(XFCC, first + "," + last), arrival(true)))
                        .certificate())
                .isEqualTo(other.certificate());
        assertThat(reason(second.verify(direct().with(XFCC, last), arrival(true))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void verify_xfccThatContradictsItself_isRefused() {
        Issued other = certificate().subject("CN=other").by(ROOT);
        String cert = "Cert=\"" + pem(CLIENT.certificate()) + "\"";
        assertThat(reason(xfcc(cert + ";Hash=" + hash(other)))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(xfcc(cert + ";Chain=\"" + pem(other.certificate()) + "\"")))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(xfcc(cert + ";" + cert))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(xfcc("Hash=" + hash(CLIENT)))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ";",
                "=",
                "Cert",
                "Cert=",
                "Cert=\"",
                "Cert=\"\"",
                "Cert=\"x\"",
                "Cert=%",
                "Cert=%zz",
                "Cert=\"a\"b",
                "Cert=a\"b",
                "By=\"x",
                "=x",
                "Cert=-----BEGIN%20CERTIFICATE-----",
                "Cert=-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
                "By=a,",
                ",By=a",
                "By=a;",
                "B y=a"
            })
    void verify_malformedXfcc_isRefused(String value) {
        assertThat(reason(xfcc(value))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void verify_xfccBrokenByAnElementOfTheClient_isRefused() {
        String own = "By=spiffe://a/b;Cert=\"" + pem(CLIENT.certificate()) + "\";Subject=\"\"";
        for (String evil : List.of("By=\"", "Subject=\"x\\", "Subject=\"x\\\\\"", "By=\"a\\\"", "By=a\"")) {
            assertThat(reason(xfcc(evil + "," + own))).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void verify_xfccBeyondBounds_isRefused() {
        assertThat(reason(xfcc("By=" + "x".repeat(65536)))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(xfcc("By=a,".repeat(16) + "Cert=\"" + pem(CLIENT.certificate()) + "\"")))
                .isEqualTo(Reason.TOO_LARGE);
    }

    // names

    private CertificateResult named(CertificateNaming naming, TestCertificate certificate) {
        X509Certificate leaf = certificate.by(ROOT).certificate();
        return anchored().naming(naming).build().verify(direct(leaf), arrival(false));
    }

    private @Nullable String spiffe(String... uris) {
        TestCertificate certificate = certificate();
        Arrays.stream(uris).forEach(certificate::uri);
        return subject(named(CertificateNaming.spiffe("prod.example.com", "other"), certificate));
    }

    private static @Nullable String subject(CertificateResult result) {
        if (result instanceof CertificateResult.Valid valid) {
            return valid.certificate().identity().map(Identity::subject).orElse(null);
        }
        assertThat(reason(result)).isEqualTo(Reason.IDENTITY);
        return null;
    }

    @Test
    void identity_ofSpiffeId_isComplete() {
        CertificateResult result = named(
                CertificateNaming.spiffe("prod.example.com"), certificate().uri("spiffe://prod.example.com/ns/a"));
        Identity identity = valid(result).identity().orElseThrow();
        assertThat(identity.subject()).isEqualTo("spiffe://prod.example.com/ns/a");
        assertThat(identity.method()).isEqualTo(AuthenticationMethod.MUTUAL_TLS);
        assertThat(identity.issuer()).contains("CN=root");
        assertThat(identity.issuedAt()).contains(NOW.minusSeconds(3600));
        assertThat(identity.expiresAt()).contains(NOW.plusSeconds(3600));
        assertThat(identity.isSenderConstrained()).isTrue();
    }

    @Test
    void identity_ofSpiffeId_isStrict() {
        assertThat(spiffe("spiffe://other/a")).isNotNull();
        assertThat(spiffe()).isNull();
        assertThat(spiffe("spiffe://other/a", "spiffe://other/b")).isNull();
        assertThat(spiffe("spiffe://other/a", "https://other/b")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://evil/a",
                "spiffe://other",
                "spiffe://other/",
                "spiffe://other/a/",
                "spiffe://other//a",
                "spiffe://other/../a",
                "spiffe://other/a/./b",
                "spiffe://other/a?b",
                "spiffe://other/a#b",
                "spiffe://other/%61",
                "spiffe://other:80/a",
                "spiffe://u@other/a",
                "SPIFFE://other/a",
                "spiffe://OTHER/a",
                "https://other/a",
                "spiffe:/other/a",
                "spiffe:///a"
            })
    void identity_ofOtherUri_isRefused(String uri) {
        assertThat(spiffe(uri)).isNull();
    }

    @Test
    void identity_ofDnsName_isStrict() {
        CertificateNaming dns = CertificateNaming.dnsName();
        assertThat(subject(named(dns, certificate().dns("Orders.Example.com").uri("spiffe://x/y"))))
                .isEqualTo("orders.example.com");
        assertThat(subject(named(dns, certificate()))).isNull();
        assertThat(subject(named(dns, certificate().dns("a.example").dns("b.example"))))
                .isNull();
        for (String name : List.of("*.example.com", "a.example:80", "192.0.2.1", "a b", "a..b")) {
            X509Certificate leaf = certificate().subject("CN=x").by(ROOT).certificate();
            assertThat(leaf).isNotNull();
            assertThat(subjectOfDns(name)).as(name).isNull();
        }
    }

    /** The runtime itself cannot read some of these names. */
    private @Nullable String subjectOfDns(String name) {
        try {
            return subject(named(CertificateNaming.dnsName(), certificate().dns(name)));
        } catch (AssertionError e) {
            return null;
        }
    }

    private @Nullable String common(String subject) {
        return subject(named(
                CertificateNaming.subject(SubjectAttribute.COMMON_NAME),
                certificate().subject(subject)));
    }

    @Test
    void identity_ofSubject_isOfParsedAttributes() {
        assertThat(common("CN=orders, O=Example")).isEqualTo("orders");
        assertThat(common("CN=\"a, CN=admin\", O=x")).isEqualTo("a, CN=admin");
        assertThat(common("O=\"x,CN=admin\"")).isNull();
        assertThat(common("O=\"x,CN=admin\", CN=user")).isEqualTo("user");
        assertThat(common("CN=a, CN=b")).isNull();
        assertThat(common("CN=a+UID=b")).isNull();
        assertThat(common("CN=a, OU=x+O=y")).isNull();
        assertThat(common("CN=\" \"")).isNull();
        assertThat(common("CN=" + "x".repeat(257))).isNull();
    }

    @Test
    void identity_ofOtherAttributes_isFound() {
        for (SubjectAttribute attribute : SubjectAttribute.values()) {
            String name = (attribute == SubjectAttribute.EMAIL_ADDRESS ? "1.2.840.113549.1.9.1" : attribute.keyword())
                    + "=value, O=x";
            assertThat(subject(named(
                            CertificateNaming.subject(attribute), certificate().subject(name))))
                    .as(name)
                    .isEqualTo("value");
        }
    }

    @Test
    void build_contradictions_throw() {
        assertThatThrownBy(() -> ClientCertificates.builder()
                        .naming(CertificateNaming.dnsName())
                        .build())
                .hasMessageContaining("anchors");
        assertThatThrownBy(() -> ClientCertificates.builder()
                        .forwardedBy(ForwardedCertificate.CLIENT_CERT)
                        .build())
                .hasMessageContaining("anchors");
        assertThatThrownBy(
                        () -> anchored().anchors(List.of(CLIENT.certificate())).build())
                .hasMessageContaining("authorities");
        assertThatThrownBy(() -> anchored().elementFromLast(0).build()).hasMessageContaining("elementFromLast");
        assertThatThrownBy(() -> anchored().cache(-1, Duration.ofMinutes(1)).build())
                .hasMessageContaining("cache size");
        assertThatThrownBy(() -> anchored().cache(1, Duration.ZERO).build()).hasMessageContaining("cache ttl");
        assertThatThrownBy(() -> CertificateNaming.spiffe()).hasMessageContaining("trust domain");
        assertThatThrownBy(() -> CertificateNaming.spiffe("A")).hasMessageContaining("trust domain");
        assertThatThrownBy(() -> CertificateNaming.spiffe("a/b")).hasMessageContaining("trust domain");
    }

    // what an authority's own certificate says of those it issues

    private CertificateResult byOwn(Issued root, Issued... chain) {
        X509Certificate[] certificates =
                Arrays.stream(chain).map(Issued::certificate).toArray(X509Certificate[]::new);
        return ClientCertificates.builder()
                .anchors(List.of(root.certificate()))
                .naming(CertificateNaming.dnsName())
                .clock(now::get)
                .build()
                .verify(direct(certificates), arrival(false));
    }

    @Test
    void verify_pssOverABrokenDigest_isRefused() {
        KeyPair rsa = TestCertificate.pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        Issued root = certificate()
                .subject("CN=rsa root")
                .key(rsa)
                .signature("SHA256withRSA")
                .ofAuthority()
                .selfSigned();

        assertThat(reason(byOwn(
                        root,
                        certificate().dns("a.example.com").pss("SHA-1", 20).by(root))))
                .isEqualTo(Reason.KEY);
        valid(byOwn(root, certificate().dns("a.example.com").pss("SHA-256", 32).by(root)));
        valid(byOwn(root, certificate().dns("a.example.com").pss("SHA-512", 64).by(root)));
    }

    private static byte[] permitted(String domain) {
        byte[] name = TestCertificate.der(0x82, domain.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return TestCertificate.der(0x30, TestCertificate.der(0xa0, TestCertificate.der(0x30, name)));
    }

    @Test
    void verify_nameOutsideTheAnchorsConstraints_isRefused() {
        Issued root = certificate()
                .subject("CN=bounded root")
                .ofAuthority()
                .extension("551d1e", true, permitted("example.com"))
                .selfSigned();

        valid(byOwn(root, certificate().dns("a.example.com").by(root)));
        assertThat(reason(byOwn(root, certificate().dns("a.example.org").by(root))))
                .isEqualTo(Reason.CHAIN);

        Issued below = certificate().subject("CN=Authority Below").ofAuthority().by(root);
        valid(byOwn(root, certificate().dns("a.example.com").by(below), below));
        assertThat(reason(byOwn(root, certificate().dns("a.example.org").by(below), below)))
                .isEqualTo(Reason.CHAIN);
    }

    @Test
    void build_anchorWhoseNameConstraintsCannotBeKept_throws() {
        Issued middle = certificate()
                .subject("CN=bounded middle")
                .ofAuthority()
                .extension("551d1e", true, permitted("example.com"))
                .by(ROOT);

        assertThatThrownBy(() -> ClientCertificates.builder()
                        .anchors(List.of(middle.certificate()))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("root authority above it");
    }

    @Test
    void verify_authorityBelowAnAnchorThatMayHaveNone_isRefused() {
        Issued root = certificate()
                .subject("CN=last root")
                .extension(
                        "551d13",
                        true,
                        TestCertificate.der(
                                0x30,
                                TestCertificate.der(0x01, new byte[] {-1}),
                                TestCertificate.der(0x02, new byte[] {0})))
                .extension("551d0f", true, TestCertificate.der(0x03, new byte[] {1, 0x06}))
                .selfSigned();
        Issued below = certificate().subject("CN=below").ofAuthority().by(root);

        valid(byOwn(root, certificate().dns("a.example.com").by(root)));
        assertThat(reason(byOwn(root, certificate().dns("a.example.com").by(below), below)))
                .isEqualTo(Reason.CHAIN);
    }
}
