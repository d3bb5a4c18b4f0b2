package io.apiguard.authn;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Composes the values of {@code WWW-Authenticate} field lines (RFC 9110 section 11.6.1, RFC 6750 section 3, RFC 9449 section 7.1, RFC 9470
 * section 3, RFC 9728 section 5.1).
 *
 * <p>Every scheme that is taken is named, one value each, whatever the caller presented. An error stands at the scheme in which the token
 * was presented, and is the same whatever is wrong with it. Everything that goes into a value is quoted or checked, so that nothing in a realm or a scope can end it.
 * Immutable and thread-safe.
 */
public final class Challenges {

    /**
     * The scheme that stands for signatures (RFC 9421), which have none of their own: RFC 9110 section 15.5.2 demands a challenge in
     * every 401. What is to be signed stands in {@code Accept-Signature}.
     */
    public static final String SIGNATURE = "Signature";

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    /** RFC 6749 section 3.3: neither quotes nor backslashes nor spaces. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    private final Map<TokenScheme, String> tokens = new EnumMap<>(TokenScheme.class);
    private final List<String> others = new ArrayList<>();

    private Challenges(Taken taken) {
        String common = " realm=" + quoted(taken.realm);
        String tokenCommon = common
                + (taken.metadata == null ? "" : ", resource_metadata=" + quoted(taken.metadata.toASCIIString()));
        if (taken.bearer) {
            tokens.put(TokenScheme.BEARER, TokenScheme.BEARER.id() + tokenCommon);
        }
        if (!taken.dpopAlgorithms.isEmpty()) {
            tokens.put(
                    TokenScheme.DPOP,
                    TokenScheme.DPOP.id() + tokenCommon + ", algs="
                            + quoted(String.join(" ", new TreeSet<>(taken.dpopAlgorithms))));
        }
        if (taken.apiKeyHeader != null) {
            others.add("ApiKey" + common + ", header=" + quoted(taken.apiKeyHeader));
        }
        taken.further.forEach(scheme -> others.add(scheme + common));
    }

    /**
     * The ways to authenticate that are taken.
     *
     * @param realm the name of what is protected, 1 to 200 printable ASCII characters
     * @param bearer whether bearer tokens are taken
     * @param dpopAlgorithms the algorithms of proofs, empty if tokens in the scheme DPoP are not taken
     * @param apiKeyHeader the name of the field that API keys are taken from, or {@code null} if they are not
     * @param further names of further schemes, which have no parameters of their own
     * @param metadata where the metadata of the protected resource is (RFC 9728), or {@code null}
     */
    record Taken(
            String realm,
            boolean bearer,
            Collection<String> dpopAlgorithms,
            @Nullable String apiKeyHeader,
            List<String> further,
            @Nullable URI metadata) {}

    /**
     * Returns challenges for the given ways to authenticate.
     *
     * @throws IllegalArgumentException if the realm or a name holds anything else than it may
     */
    static Challenges of(Taken taken) {
        if (!QUOTABLE.matcher(taken.realm).matches()) {
            throw new IllegalArgumentException("the realm must be 1 to 200 printable ASCII characters");
        }
        if (taken.apiKeyHeader != null && !TOKEN.matcher(taken.apiKeyHeader).matches()) {
            throw new IllegalArgumentException(
                    "the API key header must be the name of a header field, such as X-API-Key");
        }
        return new Challenges(taken);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Returns the challenges for a caller who presented nothing (401): every way to authenticate, and no error code. */
    public List<String> credentialRequired() {
        List<String> values = new ArrayList<>(tokens.values());
        values.addAll(others);
        return List.copyOf(values);
    }

    /**
     * Returns the challenges for a token that is not good (401); it is the same whatever is wrong with the token.
     *
     * @param scheme the scheme the token came in
     */
    public List<String> invalidToken(TokenScheme scheme) {
        return error(scheme, "invalid_token", "");
    }

    /**
     * Returns the challenges for a request that presents its credential in a malformed way (400).
     *
     * @param scheme the scheme the credential came in, as far as that can be told
     */
    public List<String> invalidRequest(TokenScheme scheme) {
        return error(scheme, "invalid_request", "");
    }

    /** Returns the challenges for a proof of possession that is not good (401, RFC 9449 section 7.1). */
    public List<String> invalidProof() {
        return error(TokenScheme.DPOP, "invalid_dpop_proof", "");
    }

    /** Returns the challenges for a proof without a fresh nonce, which the answer carries (401, RFC 9449 section 9). */
    public List<String> nonceRequired() {
        return error(TokenScheme.DPOP, "use_dpop_nonce", "");
    }

    /**
     * Returns the challenges for a credential that lacks a scope (403).
     *
     * @param scheme the scheme the token came in
     * @param scopes all scopes that the endpoint demands
     * @throws IllegalArgumentException if one is not a scope of RFC 6749 section 3.3
     */
    public List<String> insufficientScope(TokenScheme scheme, Collection<String> scopes) {
        return error(scheme, "insufficient_scope", scopes.isEmpty() ? "" : ", scope=" + spaced(scopes, "a scope"));
    }

    /**
     * Returns the challenges for a caller who must prove anew, or more strongly, who it is (401, RFC 9470 section 3).
     *
     * @param scheme the scheme the token came in
     * @param contexts the authentication contexts, one of which is demanded; empty if any will do
     * @param maxAge how long ago the authentication may be, or {@code null}
     * @throws IllegalArgumentException if a context holds spaces, quotes or other characters that cannot stand in a list of them
     */
    public List<String> insufficientAuthentication(
            TokenScheme scheme, Collection<String> contexts, @Nullable Duration maxAge) {
        String parameters = (contexts.isEmpty() ? "" : ", acr_values=" + spaced(new TreeSet<>(contexts), "an acr"))
                + (maxAge == null ? "" : ", max_age=\"" + maxAge.toSeconds() + '"');
        return error(scheme, "insufficient_user_authentication", parameters);
    }

    private static String spaced(Collection<String> values, String what) {
        for (String value : values) {
            if (!SCOPE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        what + " must be printable ASCII without spaces, quotes and backslashes");
            }
        }
        return '"' + String.join(" ", values) + '"';
    }

    /** Without the scheme there is nothing to name an error in. */
    private List<String> error(TokenScheme scheme, String code, String parameters) {
        if (!tokens.containsKey(scheme)) {
            return credentialRequired();
        }
        List<String> values = new ArrayList<>();
        tokens.forEach(
                (each, value) -> values.add(each == scheme ? value + ", error=\"" + code + '"' + parameters : value));
        values.addAll(others);
        return List.copyOf(values);
    }
}
