package io.apiguard.authn.jwt;

import io.apiguard.authn.jose.JwkSet;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.internal.http.BoundedBody;
import io.apiguard.internal.http.SecureAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a key set over HTTP: from its address, or from where the issuer's discovery document says it is. Used by one
 * thread at a time.
 */
final class JwkFetcher {

    static final int MAXIMUM_BYTES = 512 * 1024;

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final HttpClient client;
    private final Duration timeout;
    private final URI address;
    private final boolean discovery;
    private final boolean loopback;
    private volatile @Nullable URI found;

    JwkFetcher(HttpClient client, Duration timeout, URI address, boolean discovery, boolean loopback) {
        this.client = client;
        this.timeout = timeout;
        this.address = address;
        this.discovery = discovery;
        this.loopback = loopback;
        String fault = SecureAddress.fault(address, loopback);
        if (fault != null) {
            throw new IllegalArgumentException((discovery ? "the issuer " : "the address ") + address + " " + fault);
        }
    }

    /** Where keys come from, for messages. */
    URI address() {
        return address;
    }

    /** Fetches the keys, of which none may be left; discovers every time, since keys may move while their former place still answers. */
    JwkSet fetch() throws FetchFailure {
        URI keys = discovery ? discovered() : address;
        JwkSet set = keySet(keys);
        found = keys;
        return set;
    }

    /** What the document said last serves while it is out of reach. */
    private URI discovered() throws FetchFailure {
        URI known = found;
        try {
            return discover();
        } catch (FetchFailure e) {
            if (known == null || !e.passing()) {
                throw e;
            }
            return known;
        }
    }

    private JwkSet keySet(URI keys) throws FetchFailure {
        try {
            return JwkSet.parse(get(keys).orRefuse(keys));
        } catch (Malformed e) {
            throw FetchFailure.wrongSetting(
                    "what " + keys + " answers is not a key set (" + e.getMessage() + "); check the address");
        }
    }

    private URI discover() throws FetchFailure {
        List<URI> places = places();
        for (URI place : places) {
            Answer answer = get(place);
            if (answer.status < 400 || answer.status >= 500 || answer.status == 429) {
                return keysNamedIn(answer.orRefuse(place), place);
            }
        }
        throw FetchFailure.wrongSetting(
                "the issuer " + address + " has no discovery document at " + places + "; check the issuer's address");
    }

    /** OpenID Connect Discovery appends to the issuer's path, RFC 8414 section 3.1 puts its part in front of it. */
    private List<URI> places() {
        String text = address.toString();
        String issuer = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String path = issuer.substring(issuer.indexOf(address.getRawAuthority())
                + address.getRawAuthority().length());
        String origin = issuer.substring(0, issuer.length() - path.length());
        return List.of(URI.create(issuer + OPENID), URI.create(origin + OAUTH + path));
    }

    /**
     * The document must speak of the issuer it was asked of (RFC 8414 section 3.3), or anyone's keys would pass for the
     * issuer's.
     */
    private URI keysNamedIn(byte[] document, URI place) throws FetchFailure {
        Map<String, @Nullable Object> metadata;
        try {
            metadata = StrictJson.object(document);
        } catch (Malformed e) {
            throw FetchFailure.wrongSetting("what " + place + " answers is not a discovery document (" + e.getMessage()
                    + "); check the issuer's address");
        }
        if (!address.toString().equals(metadata.get("issuer"))) {
            throw FetchFailure.wrongSetting(
                    "the discovery document at " + place + " is that of the issuer " + printable(metadata.get("issuer"))
                            + ", not of " + address + "; set the issuer exactly as the document writes it");
        }
        if (!(metadata.get("jwks_uri") instanceof String keys)) {
            throw FetchFailure.wrongSetting("the discovery document at " + place + " names no 'jwks_uri';"
                    + " configure the address of the key set instead of discovery");
        }
        return checkAddress(keys, place);
    }

    private URI checkAddress(String keys, URI place) throws FetchFailure {
        try {
            URI uri = new URI(keys);
            String fault = SecureAddress.fault(uri, loopback);
            if (fault == null) {
                return uri;
            }
            throw FetchFailure.wrongSetting("the 'jwks_uri' named at " + place + " " + fault);
        } catch (URISyntaxException e) {
            throw FetchFailure.wrongSetting("the 'jwks_uri' named at " + place + " is not an address");
        }
    }

    private static String printable(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("[^\\x21-\\x7e]", "?");
        return "'" + text.substring(0, Math.min(text.length(), 200)) + "'";
    }

    /** An HTTP answer; its body is empty unless the status is 200. */
    private record Answer(int status, HttpResponse<byte[]> response) {

        byte[] orRefuse(URI uri) throws FetchFailure {
            if (status >= 500 || status == 429) {
                throw FetchFailure.unreachable(uri + " answers " + status);
            }
            if (status >= 300 && status < 400) {
                throw FetchFailure.wrongSetting(uri + " redirects, which is not followed; configure the final address");
            }
            if (status != 200) {
                throw FetchFailure.wrongSetting(uri + " answers " + status + "; check the address");
            }
            return response.body();
        }
    }

    /** The time-out of a request ends with its header, so the whole exchange has one too. */
    private Answer get(URI uri) throws FetchFailure {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(info.statusCode() == 200 ? MAXIMUM_BYTES : 0));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response);
        } catch (ExecutionException e) {
            throw failure(uri, e.getCause());
        } catch (TimeoutException e) {
            throw FetchFailure.unreachable(uri + " did not answer within " + timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FetchFailure.unreachable("the fetch from " + uri + " was interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    private static FetchFailure failure(URI uri, @Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof BoundedBody.TooLarge) {
                return FetchFailure.wrongSetting(
                        uri + " answers more than " + MAXIMUM_BYTES + " bytes; check the address");
            }
            if (t instanceof SSLHandshakeException) {
                return FetchFailure.wrongSetting("no TLS connection to " + uri
                        + "; check that its certificate is valid and its authority trusted");
            }
        }
        String kind = cause == null ? "no reason given" : cause.getClass().getSimpleName();
        return FetchFailure.unreachable(uri + " cannot be reached (" + kind + ")");
    }
}
