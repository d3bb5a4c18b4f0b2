package io.apiguard.authn;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.Kind;
import io.apiguard.authn.Authentication.Success;
import io.apiguard.authn.TokenCheck.Outcome;
import io.apiguard.authn.apikey.ApiKeyResult;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.dpop.DpopConfirmation;
import io.apiguard.authn.dpop.DpopProof;
import io.apiguard.authn.dpop.DpopResult;
import io.apiguard.authn.dpop.DpopVerifier;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.mtls.CertificateResult;
import io.apiguard.authn.mtls.VerifiedCertificate;
import io.apiguard.authn.revocation.RevocationList;
import io.apiguard.authn.revocation.RevocationResult;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Confirmation;
import io.apiguard.identity.Credential;
import io.apiguard.identity.Identity;
import io.apiguard.secret.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the one credential from a request and verifies it, with all that belongs to the request.
 *
 * <p>Read are the {@code Authorization} field, for tokens in the schemes {@code Bearer} (RFC 6750 section 2.1) and {@code DPoP} (RFC 9449
 * section 7.1), the field for API keys, and the fields of a signature over the request (RFC 9421), each only if it is set up; tokens in the
 * query or in a form (RFC 6750 sections 2.2, 2.3) never are. Two credentials are one too many, whatever they are. A token that is bound to a
 * key is refused without proof of possession: one bound by DPoP in the scheme {@code Bearer}, and one that is bound to a client certificate
 * (RFC 8705) unless the request came with that very one. A certificate is no credential besides, unless it names a caller; what of a token then
 * comes with it, {@link CertificateWithToken} says, and an API key or a signature never does. The caller learns no more than what the RFCs
 * name; the reason is for the operator.
 *
 * <p>Immutable and thread-safe. It reads header fields only, and blocks only where the verifier of tokens fetches keys or asks the issuer, or
 * a store does.
 */
public final class Authenticator {

    /** No scheme for certificates is registered; a 401 has to name one all the same (RFC 9110 section 15.5.2). */
    private static final String CERTIFICATE_SCHEME = "ClientCertificate";

    private static final Duration SOON = Duration.ofSeconds(1);

    private final @Nullable ProtectedResource resource;
    private final TokenCheck tokens;
    private final CertificateCheck certificates;
    private final @Nullable DpopVerifier dpop;
    private final @Nullable ApiKeys apiKeys;
    private final String apiKeyHeader;
    private final @Nullable RevocationList revocations;
    private final Fingerprint fingerprint;
    private final @Nullable SignatureCheck signatures;
    private final Challenges challenges;

    Authenticator(AuthenticatorBuilder settings) {
        this.resource = settings.resource();
        this.tokens = settings.tokens();
        this.certificates = settings.certificates();
        this.dpop = settings.dpop();
        this.apiKeys = settings.apiKeys();
        this.apiKeyHeader = settings.apiKeyHeader();
        this.revocations = settings.revocations();
        this.fingerprint = settings.fingerprint();
        HttpSignatureVerifier verifier = settings.signatures();
        this.signatures = verifier == null ? null : new SignatureCheck(verifier, fingerprint);
        this.challenges = Challenges.of(new Challenges.Taken(
                settings.realm(),
                tokens.takesAny(),
                dpop == null ? List.of() : dpop.algorithms(),
                apiKeys == null ? null : apiKeyHeader,
                others(),
                resource == null ? null : resource.metadata()));
    }

    /** Neither client certificates nor signatures have a registered scheme (RFC 9110 section 11.1), and a refusal must name one. */
    private List<String> others() {
        List<String> others = new ArrayList<>();
        if (certificates.namesCallers()) {
            others.add(CERTIFICATE_SCHEME);
        }
        if (signatures != null) {
            others.add(Challenges.SIGNATURE);
        }
        return others;
    }

    /** Returns a builder; at least one way to authenticate must be set. */
    public static AuthenticatorBuilder builder() {
        return new AuthenticatorBuilder();
    }

    /** Returns what to answer callers with who presented nothing, or whose token lacks a scope. */
    public Challenges challenges() {
        return challenges;
    }

    /** Returns what clients are told of this service; empty if it has no identifier. */
    public Optional<ProtectedResource> resource() {
        return Optional.ofNullable(resource);
    }

    /**
     * Verifies the credential of a request.
     *
     * @param request the request as received
     * @param arrival how the request arrived, or {@code null} if that is not known: then no proof that names its request can be verified,
     *     no certificate is found, and API keys with allowed addresses are refused
     * @return what was found; never an exception, neither for anything the request contains nor for a store that fails
     */
    public Authentication authenticate(ApiRequest request, @Nullable Arrival arrival) {
        try {
            return checked(request, arrival);
        } catch (Throwable e) { // stores and sources of secrets are foreign code: whatever they throw is a refusal
            String detail =
                    "the check of the credential broke off (" + e.getClass().getSimpleName() + ")";
            return unavailable("credential.unavailable", detail, SOON);
        }
    }

    private Authentication checked(ApiRequest request, @Nullable Arrival arrival) {
        Authentication found = verify(request, arrival);
        return revocations != null && found instanceof Success success ? standing(success, revocations) : found;
    }

    /** Asked on every request: what was remembered of a credential says nothing of whether it still stands. */
    private Authentication standing(Success success, RevocationList list) {
        RevocationResult result = list.check(success.identity());
        if (result instanceof RevocationResult.Revoked) {
            return unauthenticated(
                    "credential.revoked", "the credential was revoked", challengesFor(success.identity()));
        }
        return result instanceof RevocationResult.Unknown unknown
                ? unavailable("revocation.unavailable", unknown.detail(), unknown.retryAfter())
                : success;
    }

    private List<String> challengesFor(Identity identity) {
        if (identity.method() == AuthenticationMethod.API_KEY
                || identity.method() == AuthenticationMethod.MUTUAL_TLS
                || identity.method() == AuthenticationMethod.HTTP_SIGNATURE) {
            return challenges.credentialRequired();
        }
        boolean proven = identity.confirmation()
                .filter(confirmation -> confirmation.jwkThumbprint() != null)
                .isPresent();
        return challenges.invalidToken(proven ? TokenScheme.DPOP : TokenScheme.BEARER);
    }

    private Authentication verify(ApiRequest request, @Nullable Arrival arrival) {
        List<String> authorization = request.headers("Authorization");
        List<String> keys = apiKeys == null ? List.of() : request.headers(apiKeyHeader);
        boolean signed = signatures != null && signatures.isPresented(request);
        if (authorization.size() + keys.size() + (signed ? 1 : 0) > 1) {
            return several(authorization, "more than one credential is presented");
        }
        CertificateResult found = certificates.find(request, arrival);
        if (found instanceof CertificateResult.Invalid invalid) {
            return refused(invalid, authorization);
        }
        VerifiedCertificate certificate = found instanceof CertificateResult.Valid valid ? valid.certificate() : null;
        if (authorization.isEmpty() && keys.isEmpty() && !signed) {
            return alone(certificate);
        }
        if (certificates.standsAlone(certificate, !authorization.isEmpty())) {
            return several(
                    authorization, "a client certificate that names a caller is presented beside another credential");
        }
        if (signed && signatures != null) {
            return signatures.verify(request, arrival, challenges.credentialRequired());
        }
        return keys.isEmpty() || apiKeys == null
                ? authorization(authorization.get(0), request, arrival, certificate)
                : apiKey(new Credential.ApiKey(keys.get(0)), apiKeys, arrival);
    }

    /** An error stands at the scheme of a token, if one is among them. */
    private Failure several(List<String> authorization, String detail) {
        TokenScheme scheme = authorization.isEmpty() ? null : taken(scheme(authorization.get(0)));
        return new Failure(
                Kind.MALFORMED,
                "credential.several",
                detail,
                scheme == null ? challenges.credentialRequired() : challenges.invalidRequest(scheme),
                null,
                null);
    }

    /** A token that came with a certificate which is refused is told of as one without. */
    private Failure refused(CertificateResult.Invalid invalid, List<String> authorization) {
        TokenScheme scheme = authorization.isEmpty() ? null : taken(scheme(authorization.get(0)));
        return unauthenticated(
                invalid.reason().code(),
                "the client certificate " + invalid.detail(),
                scheme == null ? challenges.credentialRequired() : challenges.invalidToken(scheme));
    }

    private Authentication alone(@Nullable VerifiedCertificate certificate) {
        Identity identity = certificate == null ? null : certificate.identity().orElse(null);
        return certificate == null || identity == null
                ? new Authentication.None()
                : new Success(identity, fingerprint.of(certificate.thumbprint()), null);
    }

    private static String scheme(String value) {
        int end = value.indexOf(' ');
        return end < 0 ? value : value.substring(0, end);
    }

    private @Nullable TokenScheme taken(String scheme) {
        if (tokens.takesAny() && scheme.equalsIgnoreCase(TokenScheme.BEARER.id())) {
            return TokenScheme.BEARER;
        }
        return dpop != null && scheme.equalsIgnoreCase(TokenScheme.DPOP.id()) ? TokenScheme.DPOP : null;
    }

    private Authentication authorization(
            String value, ApiRequest request, @Nullable Arrival arrival, @Nullable VerifiedCertificate certificate) {
        String scheme = scheme(value);
        if (!HeaderSyntax.isToken(scheme)) {
            return malformed(
                    TokenScheme.BEARER, "credential.malformed", "the Authorization field does not begin with a scheme");
        }
        TokenScheme taken = taken(scheme);
        if (taken == TokenScheme.BEARER) {
            return bearer(token(value, scheme.length()), value, scheme.length(), certificate);
        }
        if (dpop != null && taken == TokenScheme.DPOP) {
            return HeaderSyntax.isToken68(value, scheme.length())
                    ? proven(token(value, scheme.length()), request, arrival, certificate, dpop)
                    : notOneToken(taken);
        }
        return unauthenticated(
                "credential.scheme",
                "the Authorization field is of a scheme that is not taken",
                challenges.credentialRequired());
    }

    private static Credential.BearerToken token(String value, int end) {
        return new Credential.BearerToken(value.substring(HeaderSyntax.skipSpaces(value, end)));
    }

    /** The verifier takes nothing that is not of a token's syntax, so that only a refused one needs a second look. */
    private Authentication bearer(
            Credential.BearerToken token, String value, int end, @Nullable VerifiedCertificate certificate) {
        Outcome outcome = tokens.verify(token.secret());
        if (outcome instanceof Outcome.Good good) {
            return unproven(good, certificate);
        }
        return outcome instanceof Outcome.Bad && !HeaderSyntax.isToken68(value, end)
                ? notOneToken(TokenScheme.BEARER)
                : failed(outcome, TokenScheme.BEARER);
    }

    private Failure notOneToken(TokenScheme scheme) {
        return malformed(scheme, "credential.malformed", "the Authorization field does not hold one token");
    }

    /** A bound token that comes without proof is refused as any bad one is (RFC 9449 section 7.2, RFC 8705 section 3). */
    private Authentication unproven(Outcome.Good good, @Nullable VerifiedCertificate certificate) {
        Confirmation confirmation = good.identity().confirmation().orElse(null);
        if (confirmation != null && (confirmation.jwkThumbprint() != null || !certificates.takesAny())) {
            return unauthenticated(
                    "token.sender_constrained",
                    "the token is bound to a key, and the request does not show possession of it",
                    challenges.invalidToken(TokenScheme.BEARER));
        }
        CertificateCheck.Misfit misfit = certificates.misfit(good.identity(), certificate);
        return misfit == null
                ? new Success(good.identity(), good.fingerprint(), null)
                : failed(misfit, TokenScheme.BEARER);
    }

    private Failure failed(CertificateCheck.Misfit misfit, TokenScheme scheme) {
        return misfit.several()
                ? malformed(scheme, misfit.reason(), misfit.detail())
                : unauthenticated(misfit.reason(), misfit.detail(), challenges.invalidToken(scheme));
    }

    /** The proof first, since it costs no look-up; it is only remembered when the token is good and bound to its key. */
    private Authentication proven(
            Credential.BearerToken token,
            ApiRequest request,
            @Nullable Arrival arrival,
            @Nullable VerifiedCertificate certificate,
            DpopVerifier verifier) {
        if (arrival == null) {
            return unauthenticated("dpop.uri", "what the request is for is not known", challenges.invalidProof());
        }
        DpopResult proof =
                verifier.verify(request.headers("DPoP"), request.method(), arrival, request.rawPath(), token.secret());
        if (proof instanceof DpopResult.Invalid invalid) {
            return unauthenticated(invalid.reason().code(), invalid.detail(), challenges.invalidProof());
        }
        if (proof instanceof DpopResult.NonceRequired required) {
            return new Failure(
                    Kind.UNAUTHENTICATED,
                    "dpop.nonce",
                    "the proof has no fresh nonce",
                    challenges.nonceRequired(),
                    null,
                    required.nonce());
        }
        Outcome outcome = tokens.verify(token.secret());
        return outcome instanceof Outcome.Good good
                ? confirmed(good, ((DpopResult.Valid) proof).proof(), certificate, verifier)
                : failed(outcome, TokenScheme.DPOP);
    }

    /** The certificate before the proof is used up. */
    private Authentication confirmed(
            Outcome.Good good, DpopProof proof, @Nullable VerifiedCertificate certificate, DpopVerifier verifier) {
        Identity identity = good.identity();
        Confirmation confirmation = identity.confirmation().orElse(null);
        if (confirmation == null
                || confirmation.jwkThumbprint() == null
                || (confirmation.certificateThumbprint() != null && !certificates.takesAny())) {
            return unauthenticated(
                    "dpop.unbound",
                    "the token is not bound to a proof key, or to more than can be shown here",
                    challenges.invalidToken(TokenScheme.DPOP));
        }
        CertificateCheck.Misfit misfit = certificates.misfit(identity, certificate);
        if (misfit != null) {
            return failed(misfit, TokenScheme.DPOP);
        }
        DpopConfirmation result = verifier.confirm(proof, confirmation);
        if (result instanceof DpopConfirmation.Accepted) {
            return new Success(
                    identity, good.fingerprint(), verifier.currentNonce().orElse(null));
        }
        if (result instanceof DpopConfirmation.Refused refused) {
            return refused.reason() == DpopConfirmation.Reason.OVER_QUOTA
                    ? new Failure(
                            Kind.EXCESSIVE,
                            refused.reason().code(),
                            refused.detail(),
                            List.of(),
                            Duration.ofSeconds(1),
                            null)
                    : unauthenticated(refused.reason().code(), refused.detail(), challenges.invalidProof());
        }
        DpopConfirmation.Unavailable unavailable = (DpopConfirmation.Unavailable) result;
        return unavailable(unavailable.reason().code(), unavailable.detail(), unavailable.retryAfter());
    }

    private Authentication failed(Outcome outcome, TokenScheme scheme) {
        if (outcome instanceof Outcome.Bad bad) {
            return unauthenticated(bad.reason(), bad.detail(), challenges.invalidToken(scheme));
        }
        Outcome.Unknown unknown = (Outcome.Unknown) outcome;
        return unavailable("token.unavailable", unknown.detail(), unknown.retryAfter());
    }

    private Authentication apiKey(Credential.ApiKey credential, ApiKeys verifier, @Nullable Arrival arrival) {
        ApiKeyResult result = arrival == null
                ? verifier.verify(credential.secret())
                : verifier.verify(credential.secret(), arrival.client().address());
        if (result instanceof ApiKeyResult.Valid valid) {
            return new Success(valid.identity(), fingerprint.of(credential.secret()), null);
        }
        if (result instanceof ApiKeyResult.Invalid invalid) {
            return unauthenticated(invalid.reason().code(), invalid.detail(), challenges.credentialRequired());
        }
        ApiKeyResult.Unavailable unavailable = (ApiKeyResult.Unavailable) result;
        return unavailable("api_key.unavailable", unavailable.detail(), unavailable.retryAfter());
    }

    private Failure malformed(TokenScheme scheme, String reason, String detail) {
        return new Failure(Kind.MALFORMED, reason, detail, challenges.invalidRequest(scheme), null, null);
    }

    private static Failure unauthenticated(String reason, String detail, List<String> values) {
        return new Failure(Kind.UNAUTHENTICATED, reason, detail, values, null, null);
    }

    private static Failure unavailable(String reason, String detail, Duration retryAfter) {
        return new Failure(Kind.UNAVAILABLE, reason, detail, List.of(), retryAfter, null);
    }
}
