package io.apiguard.authn.mtls;

import io.apiguard.authn.jose.Base64Url;
import io.apiguard.authn.mtls.CertificateResult.Reason;
import io.apiguard.authn.mtls.CheckedChains.Checked;
import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds and checks the client certificate of a request, for callers who are known by it and for tokens that are bound to
 * it (RFC 8705).
 *
 * <pre>{@code
 * ClientCertificates certificates = ClientCertificates.builder()
 *         .anchors(authorities)
 *         .naming(CertificateNaming.spiffe("prod.example.com"))
 *         .build();
 * if (certificates.verify(request, arrival) instanceof CertificateResult.Valid valid) {
 *     greet(valid.certificate().identity());
 * }
 * }</pre>
 *
 * <p>It is the certificate of the connection's other end. If that is a trusted proxy, whose own certificate says nothing
 * of the client, it is the one that the proxy tells by the chosen fields, and none if there are no such fields. From any
 * other peer, and of any other kind, these fields are ignored; the first time, the event {@code
 * client-certificate.ignored} says so.
 *
 * <p>Every certificate must be valid now, for clients, with a strong key and no broken digest. With anchors its chain
 * must lead to one of them; without, it is good for tokens bound to it and for nothing else. That a chain was good
 * is remembered for a short time, and never longer than it is. Nothing that a request contains makes {@link #verify} throw.
 * Thread-safe.
 */
public final class ClientCertificates {

    private static final List<String> FIELDS = List.of(ClientCertFields.LEAF, ClientCertFields.CHAIN, XfccField.NAME);

    private final ChainRules rules;
    private final CheckedChains checked;
    private final @Nullable CertificateNaming naming;
    private final ForwardedCertificate forwarded;
    private final int element;
    private final GuardListener listener;
    private final InstantSource clock;
    private final AtomicBoolean warned = new AtomicBoolean();

    ClientCertificates(ClientCertificatesBuilder settings) {
        this.rules = new ChainRules(settings.anchors());
        this.checked = new CheckedChains(settings.cacheSize(), settings.cacheTtl());
        this.naming = settings.naming();
        this.forwarded = settings.forwarded();
        this.element = settings.element();
        this.listener = settings.listener();
        this.clock = settings.clock();
    }

    /** Returns a builder; as it stands, certificates of direct peers are taken for tokens bound to them. */
    public static ClientCertificatesBuilder builder() {
        return new ClientCertificatesBuilder();
    }

    /**
     * Returns what a token bound to a certificate has as {@code x5t#S256}: SHA-256 of its DER form, base64url (RFC 8705
     * section 3.1).
     *
     * @param certificate any certificate
     */
    public static String thumbprint(X509Certificate certificate) {
        return Base64Url.encode(ChainRules.sha256(certificate));
    }

    /** Returns whether certificates name callers, and are not only taken for tokens that are bound to them. */
    public boolean namesCallers() {
        return naming != null;
    }

    /**
     * Finds and checks the client's certificate.
     *
     * @param request the request as received
     * @param arrival whether its peer is a trusted proxy
     * @return what was found; never an exception for anything the request contains
     */
    public CertificateResult verify(ApiRequest request, Arrival arrival) {
        try {
            warnOfIgnored(request, arrival.trustedPeer());
            List<X509Certificate> chain = arrival.trustedPeer() ? told(request) : request.peerCertificates();
            return chain.isEmpty() ? new CertificateResult.Absent() : check(chain);
        } catch (RefusedCertificate e) {
            return e.result();
        } catch (Throwable e) { // CVE-2019-17195: whatever a parser or a provider throws is a refusal
            return new CertificateResult.Invalid(
                    Reason.MALFORMED, "could not be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private List<X509Certificate> told(ApiRequest request) {
        return switch (forwarded) {
            case NONE -> List.of();
            case CLIENT_CERT ->
                ClientCertFields.read(request.headers(ClientCertFields.LEAF), request.headers(ClientCertFields.CHAIN));
            case X_FORWARDED_CLIENT_CERT -> XfccField.read(request.headers(XfccField.NAME), element);
        };
    }

    private CertificateResult check(List<X509Certificate> chain) {
        Instant now = clock.instant();
        return new CertificateResult.Valid(checked.get(chain, now, () -> checkAnew(chain, now)));
    }

    private Checked checkAnew(List<X509Certificate> chain, Instant now) {
        Instant lastGood = rules.check(chain, now);
        X509Certificate leaf = chain.get(0);
        Identity identity = naming == null ? null : identity(leaf, naming);
        return new Checked(new VerifiedCertificate(leaf, thumbprint(leaf), identity), now, lastGood);
    }

    private static Identity identity(X509Certificate leaf, CertificateNaming by) {
        return Identity.builder(by.nameOf(leaf), AuthenticationMethod.MUTUAL_TLS)
                .issuer(leaf.getIssuerX500Principal().getName())
                .issuedAt(leaf.getNotBefore().toInstant())
                .expiresAt(leaf.getNotAfter().toInstant())
                .build();
    }

    private void warnOfIgnored(ApiRequest request, boolean trusted) {
        if (warned.get()) {
            return;
        }
        for (String field : FIELDS) {
            if (!(trusted && isBelieved(field)) && !request.headers(field).isEmpty() && !warned.getAndSet(true)) {
                listener.on(new GuardEvent(
                        "client-certificate.ignored",
                        GuardEvent.Severity.WARNING,
                        "A request has a field with a client certificate that is not believed; it is ignored here and"
                                + " from now on. If a proxy of yours sends it, add its address to the trusted proxies and"
                                + " choose the kind of field.",
                        Map.of("field", field, "peer-trusted", Boolean.toString(trusted), "kind", forwarded.name())));
            }
        }
    }

    private boolean isBelieved(String field) {
        return switch (forwarded) {
            case NONE -> false;
            case CLIENT_CERT -> !field.equals(XfccField.NAME);
            case X_FORWARDED_CLIENT_CERT -> field.equals(XfccField.NAME);
        };
    }
}
