package io.apiguard.authn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Composes the values of {@code WWW-Authenticate} field lines (RFC 9110 section 11.6.1, RFC 6750 section 3).
 *
 * <p>Everything that goes into one is quoted or checked, so that nothing in a realm or a scope can end a value or a
 * field line. Immutable and thread-safe.
 */
public final class Challenges {

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    /** RFC 6749 section 3.3: neither quotes nor backslashes nor spaces. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    private final @Nullable String bearer;
    private final @Nullable String apiKey;

    private Challenges(@Nullable String bearer, @Nullable String apiKey) {
        this.bearer = bearer;
        this.apiKey = apiKey;
    }

    /**
     * Returns challenges for the given ways to authenticate.
     *
     * @param realm the name of what is protected, 1 to 200 printable ASCII characters
     * @param bearer whether bearer tokens are taken
     * @param apiKeyHeader the name of the field that API keys are taken from, or {@code null} if they are not
     * @throws IllegalArgumentException if the realm or the name holds anything else, or nothing is taken
     */
    static Challenges of(String realm, boolean bearer, @Nullable String apiKeyHeader) {
        if (!QUOTABLE.matcher(realm).matches()) {
            throw new IllegalArgumentException("the realm must be 1 to 200 printable ASCII characters");
        }
        if (apiKeyHeader != null && !TOKEN.matcher(apiKeyHeader).matches()) {
            throw new IllegalArgumentException(
                    "the API key header must be the name of a header field, such as X-API-Key");
        }
        String quoted = " realm=" + quoted(realm);
        return new Challenges(
                bearer ? "Bearer" + quoted : null,
                apiKeyHeader == null ? null : "ApiKey" + quoted + ", header=" + quoted(apiKeyHeader));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * Returns the challenges for a caller who presented nothing (401): every way to authenticate, and no error code.
     */
    public List<String> credentialRequired() {
        List<String> values = new ArrayList<>();
        if (bearer != null) {
            values.add(bearer);
        }
        if (apiKey != null) {
            values.add(apiKey);
        }
        return List.copyOf(values);
    }

    /**
     * Returns the challenges for a bearer token that is not good (401); it is the same whatever is wrong with the
     * token.
     */
    public List<String> invalidToken() {
        return bearerError("invalid_token");
    }

    /** Returns the challenges for a request that presents its credential in a malformed way (400). */
    public List<String> invalidRequest() {
        return bearerError("invalid_request");
    }

    /**
     * Returns the challenges for a token that lacks a scope (403).
     *
     * @param scopes all scopes that the endpoint demands
     * @throws IllegalArgumentException if one is not a scope of RFC 6749 section 3.3
     */
    public List<String> insufficientScope(Collection<String> scopes) {
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException(
                        "a scope must be printable ASCII without spaces, quotes and backslashes");
            }
        }
        if (bearer == null || scopes.isEmpty()) {
            return bearerError("insufficient_scope");
        }
        return List.of(bearer + ", error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + '"');
    }

    /** Without bearer tokens there is nothing to name an error in. */
    private List<String> bearerError(String code) {
        return bearer == null ? credentialRequired() : List.of(bearer + ", error=\"" + code + '"');
    }
}
