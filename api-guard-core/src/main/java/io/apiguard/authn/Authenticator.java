package io.apiguard.authn;

import io.apiguard.authn.Authentication.Failure;
import io.apiguard.authn.Authentication.Kind;
import io.apiguard.authn.apikey.ApiKeyResult;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.http.ApiRequest;
import io.apiguard.identity.Credential;
import io.apiguard.secret.Fingerprint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the one credential from a request and verifies it.
 *
 * <p>Read are the {@code Authorization} field, for {@code Bearer} tokens (RFC 6750 section 2.1), and the field for API
 * keys, each only if it is set up; tokens in the query or in a form (sections 2.2, 2.3) never are. Two credentials are
 * one too many, whatever they are. The caller learns no more than what RFC 6750 names; the reason is for the operator.
 *
 * <p>Immutable and thread-safe. It reads header fields only, and blocks only where the verifier of tokens fetches keys
 * or the store of API keys does.
 */
public final class Authenticator {

    private final @Nullable JwtVerifier tokens;
    private final @Nullable ApiKeys apiKeys;
    private final String apiKeyHeader;
    private final Fingerprint fingerprint;
    private final Challenges challenges;

    Authenticator(AuthenticatorBuilder settings) {
        this.tokens = settings.tokens();
        this.apiKeys = settings.apiKeys();
        this.apiKeyHeader = settings.apiKeyHeader();
        this.fingerprint = settings.fingerprint();
        this.challenges = Challenges.of(new Challenges.Taken(
                settings.realm(),
                tokens != null,
                List.of(),
                apiKeys == null ? null : apiKeyHeader,
                List.of(),
                settings.metadata()));
    }

    /** Returns a builder; at least one way to authenticate must be set. */
    public static AuthenticatorBuilder builder() {
        return new AuthenticatorBuilder();
    }

    /** Returns what to answer callers with who presented nothing, or whose token lacks a scope. */
    public Challenges challenges() {
        return challenges;
    }

    /**
     * Verifies the credential of a request.
     *
     * @param request the request as received
     * @return what was found; never an exception for anything the request contains
     */
    public Authentication authenticate(ApiRequest request) {
        List<String> authorization = request.headers("Authorization");
        List<String> keys = apiKeys == null ? List.of() : request.headers(apiKeyHeader);
        if (authorization.size() + keys.size() > 1) {
            return malformed("credential.several", "more than one credential is presented");
        }
        if (!authorization.isEmpty()) {
            return authorization(authorization.get(0));
        }
        return keys.isEmpty() || apiKeys == null
                ? new Authentication.None()
                : apiKey(new Credential.ApiKey(keys.get(0)), apiKeys);
    }

    private Authentication authorization(String value) {
        int end = value.indexOf(' ');
        String scheme = end < 0 ? value : value.substring(0, end);
        if (!HeaderSyntax.isToken(scheme)) {
            return malformed("credential.malformed", "the Authorization field does not begin with a scheme");
        }
        if (tokens == null || !scheme.equalsIgnoreCase("Bearer")) {
            return new Failure(
                    Kind.UNAUTHENTICATED,
                    "credential.scheme",
                    "the Authorization field is of a scheme that is not taken",
                    challenges.credentialRequired(),
                    null);
        }
        return bearer(value, scheme.length(), tokens);
    }

    /** The verifier takes nothing that is not of a token's syntax, so that only a refused one needs a second look. */
    private Authentication bearer(String value, int end, JwtVerifier verifier) {
        String token = value.substring(HeaderSyntax.skipSpaces(value, end));
        Credential.BearerToken credential = new Credential.BearerToken(token);
        JwtResult result = verifier.verify(credential.secret());
        if (result instanceof JwtResult.Valid valid) {
            return new Authentication.Success(
                    valid.token().identity(), valid.token().fingerprint());
        }
        if (!HeaderSyntax.isBearerToken(value, end)) {
            return malformed("credential.malformed", "the Authorization field does not hold one bearer token");
        }
        if (result instanceof JwtResult.Invalid invalid) {
            return unauthenticated(
                    invalid.reason().code(), invalid.detail(), challenges.invalidToken(TokenScheme.BEARER));
        }
        JwtResult.Unavailable unavailable = (JwtResult.Unavailable) result;
        return unavailable("token.unavailable", unavailable.detail(), unavailable.retryAfter());
    }

    private Authentication apiKey(Credential.ApiKey credential, ApiKeys verifier) {
        ApiKeyResult result = verifier.verify(credential.secret());
        if (result instanceof ApiKeyResult.Valid valid) {
            return new Authentication.Success(valid.identity(), fingerprint.of(credential.secret()));
        }
        if (result instanceof ApiKeyResult.Invalid invalid) {
            return unauthenticated(invalid.reason().code(), invalid.detail(), challenges.credentialRequired());
        }
        ApiKeyResult.Unavailable unavailable = (ApiKeyResult.Unavailable) result;
        return unavailable("api_key.unavailable", unavailable.detail(), unavailable.retryAfter());
    }

    private Failure malformed(String reason, String detail) {
        return new Failure(Kind.MALFORMED, reason, detail, challenges.invalidRequest(TokenScheme.BEARER), null);
    }

    private static Failure unauthenticated(String reason, String detail, List<String> values) {
        return new Failure(Kind.UNAUTHENTICATED, reason, detail, values, null);
    }

    private static Failure unavailable(String reason, String detail, Duration retryAfter) {
        return new Failure(Kind.UNAVAILABLE, reason, detail, List.of(), retryAfter);
    }
}
