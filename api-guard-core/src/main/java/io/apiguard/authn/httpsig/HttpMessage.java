package io.apiguard.authn.httpsig;

import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.Header;
import io.apiguard.internal.structured.MalformedField;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request or response, as far as a signature can cover it (RFC 9421 section 2). The body is covered by its {@link ContentDigest} only.
 *
 * <p>As thread-safe as the request it was made of; immutable if it was made of values.
 */
public final class HttpMessage {

    private static final int NO_STATUS = -1;

    private final @Nullable Target target;
    private final int status;
    private final Function<String, List<String>> fields;
    private final Function<String, List<String>> trailers;
    private final @Nullable HttpMessage request;

    /** What a request is made to; path and query are empty strings where there are none but a query that is there and empty. */
    record Target(
            String method,
            String scheme,
            String authority,
            String requestTarget,
            String path,
            @Nullable String query) {

        static Target of(String method, String scheme, Authority authority, String path, @Nullable String query) {
            String whole = path + (query == null ? "" : "?" + query);
            return new Target(method, scheme, withoutDefaultPort(scheme, authority), whole, path, query);
        }

        /** RFC 9421 section 2.2.3. */
        private static String withoutDefaultPort(String scheme, Authority authority) {
            int usual = scheme.equals("https") ? 443 : 80;
            return authority.port() == usual ? authority.host() : authority.toString();
        }
    }

    HttpMessage(
            @Nullable Target target,
            int status,
            Function<String, List<String>> fields,
            Function<String, List<String>> trailers,
            @Nullable HttpMessage request) {
        this.target = target;
        this.status = status;
        this.fields = fields;
        this.trailers = trailers;
        this.request = request;
    }

    /**
     * Returns a request that a service received.
     *
     * @param request the request
     * @param arrival the scheme and authority that the client used
     */
    public static HttpMessage received(ApiRequest request, Arrival arrival) {
        Target target = Target.of(
                request.method(), arrival.scheme(), arrival.authority(), request.rawPath(), request.rawQuery());
        return new HttpMessage(target, NO_STATUS, name -> unfolded(request.headers(name)), name -> List.of(), null);
    }

    /** Returns a request that is asked for its fields and its method only. */
    static HttpMessage fieldsOf(ApiRequest request) {
        Target target = new Target(request.method(), "", "", "", "", null);
        return new HttpMessage(target, NO_STATUS, request::headers, name -> List.of(), null);
    }

    /** RFC 9112 section 5.2: a server refuses folded lines, or has unfolded them. */
    private static List<String> unfolded(List<String> lines) {
        for (String line : lines) {
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new MalformedField("a field line with a line break");
            }
        }
        return lines;
    }

    /**
     * Returns a request that a client is about to send.
     *
     * @param method the method
     * @param uri an absolute {@code http} or {@code https} URI
     * @param fields the field lines that a signature may cover
     * @throws IllegalArgumentException if the URI is another
     */
    public static HttpMessage request(String method, URI uri, List<Header> fields) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        Authority authority =
                Authority.parse(String.valueOf(uri.getRawAuthority())).orElse(null);
        if (authority == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("a request to sign needs an absolute http or https URI");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        Target target = Target.of(method, scheme, authority, path, uri.getRawQuery());
        return new HttpMessage(target, NO_STATUS, lines(fields), name -> List.of(), null);
    }

    /**
     * Returns a response.
     *
     * @param status the status code
     * @param fields the field lines that a signature may cover
     * @param request the request that it answers, of which a signature may cover components too (RFC 9421 section 2.4), or {@code null}
     * @throws IllegalArgumentException if the status is not between 100 and 599
     */
    public static HttpMessage response(int status, List<Header> fields, @Nullable HttpMessage request) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a status code is between 100 and 599");
        }
        return new HttpMessage(null, status, lines(fields), name -> List.of(), request);
    }

    /**
     * Returns the same message with trailer fields, which a signature may cover (RFC 9421 section 2.1.4).
     *
     * @param lines the trailer field lines
     */
    public HttpMessage withTrailers(List<Header> lines) {
        return new HttpMessage(target, status, fields, lines(lines), request);
    }

    private static Function<String, List<String>> lines(List<Header> fields) {
        List<Header> copy = List.copyOf(fields);
        return name -> copy.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The target, or {@code null} if this is a response. */
    @Nullable Target target() {
        return target;
    }

    int status() {
        return status;
    }

    List<String> fields(String name) {
        return fields.apply(name);
    }

    List<String> trailers(String name) {
        return trailers.apply(name);
    }

    /** The request that this response answers, or {@code null}. */
    @Nullable HttpMessage request() {
        return request;
    }
}
