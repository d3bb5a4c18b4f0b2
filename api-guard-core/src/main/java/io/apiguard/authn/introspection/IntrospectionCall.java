package io.apiguard.authn.introspection;

import io.apiguard.authn.introspection.CallFailure.Kind;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.internal.http.BoundedBody;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One exchange with the endpoint (RFC 7662 section 2). Immutable and thread-safe. */
final class IntrospectionCall {

    static final int MAXIMUM_BYTES = 64 * 1024;

    private static final String JSON = "application/json";

    private final HttpClient client;
    private final URI endpoint;
    private final Duration timeout;
    private final ClientAuthentication authentication;
    private final URI assertionAudience;
    private final Assertions assertions;
    private final @Nullable SignedAnswers signed;

    IntrospectionCall(
            HttpClient client,
            URI endpoint,
            Duration timeout,
            ClientAuthentication authentication,
            URI assertionAudience,
            Assertions assertions,
            @Nullable SignedAnswers signed) {
        this.client = client;
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.authentication = authentication;
        this.assertionAudience = assertionAudience;
        this.assertions = assertions;
        this.signed = signed;
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns the members of the answer, {@code active} among them as a boolean. */
    Map<String, @Nullable Object> ask(String token) throws CallFailure {
        HttpResponse<byte[]> response = send(request(token));
        checkStatus(response.statusCode());
        Map<String, @Nullable Object> answer = read(response);
        if (!(answer.get("active") instanceof Boolean)) {
            throw new CallFailure(Kind.PASSING, endpoint + " answers without a boolean 'active'; check the address");
        }
        return answer;
    }

    private HttpRequest request(String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("token_type_hint", "access_token");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Accept", signed == null ? JSON : SignedAnswers.MEDIA_TYPE)
                .header("Content-Type", "application/x-www-form-urlencoded");
        authenticate(request, form);
        return request.POST(HttpRequest.BodyPublishers.ofString(encoded(form))).build();
    }

    private void authenticate(HttpRequest.Builder request, Map<String, String> form) {
        if (authentication instanceof ClientAuthentication.Basic basic) {
            basic.apply(request);
        } else if (authentication instanceof ClientAuthentication.PrivateKeyJwt jwt) {
            jwt.apply(form, assertionAudience, assertions);
        } else if (authentication instanceof ClientAuthentication.MutualTls tls) {
            tls.apply(form);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The time-out of a request ends with its header, so the whole exchange has one too. */
    private HttpResponse<byte[]> send(HttpRequest request) throws CallFailure {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(info.statusCode() == 200 ? MAXIMUM_BYTES : 0));
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new CallFailure(Kind.PASSING, endpoint + " did not answer within " + timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(Kind.THIS_CALL, "the call of " + endpoint + " was interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    private CallFailure failure(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof BoundedBody.TooLarge) {
                return new CallFailure(
                        Kind.THIS_CALL, endpoint + " answers more than " + MAXIMUM_BYTES + " bytes; check the address");
            }
            if (t instanceof SSLHandshakeException) {
                return new CallFailure(
                        Kind.SETTING,
                        "no TLS connection to " + endpoint + "; check that its certificate is valid and"
                                + " its authority trusted, and that ours is the one it knows");
            }
        }
        String kind = cause == null ? "no reason given" : cause.getClass().getSimpleName();
        return new CallFailure(Kind.PASSING, endpoint + " cannot be reached (" + kind + ")");
    }

    /** RFC 7662 section 2.3: what is wrong with the token is never an error status, so these are about us. */
    private void checkStatus(int status) throws CallFailure {
        if (status == 200) {
            return;
        }
        if (status == 401 || status == 403) {
            throw new CallFailure(
                    Kind.SETTING,
                    endpoint + " answers " + status + " to this service as the client " + authentication.clientId()
                            + "; check its id, its secret or key, and its permission");
        }
        if (status >= 300 && status < 400) {
            throw new CallFailure(
                    Kind.SETTING, endpoint + " redirects, which is not followed; configure the final address");
        }
        if (status == 404 || status == 405) {
            throw new CallFailure(Kind.SETTING, endpoint + " answers " + status + "; check the address");
        }
        boolean ofThisCall = status >= 400 && status < 500 && status != 429;
        throw new CallFailure(ofThisCall ? Kind.THIS_CALL : Kind.PASSING, endpoint + " answers " + status);
    }

    /** What an answer says of a token may be its holder's own words: one that is refused must not keep others from being asked about. */
    private Map<String, @Nullable Object> read(HttpResponse<byte[]> response) throws CallFailure {
        String wanted = signed == null ? JSON : SignedAnswers.MEDIA_TYPE;
        if (!mediaType(response).equals(wanted)) {
            throw new CallFailure(
                    Kind.SETTING,
                    endpoint + " does not answer with " + wanted + "; check the address"
                            + (signed == null ? "" : ", and that the issuer signs answers for this client"));
        }
        if (signed != null) {
            return signed.open(response.body());
        }
        try {
            return StrictJson.object(response.body());
        } catch (Malformed e) {
            throw new CallFailure(Kind.THIS_CALL, "what " + endpoint + " answers is refused: " + e.getMessage());
        }
    }

    private static String mediaType(HttpResponse<byte[]> response) {
        String field = response.headers().firstValue("Content-Type").orElse("");
        int end = field.indexOf(';');
        return (end < 0 ? field : field.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }
}
