package io.apiguard.jaxrs;

import io.apiguard.RequestBody;
import io.apiguard.http.ApiRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The guard's view of a request outside a servlet container; what later filters may rewrite is kept as received. */
final class RestRequest implements ApiRequest, RequestBody {

    private final ContainerRequestContext context;
    private final String method;
    private final String rawPath;
    private final @Nullable String rawQuery;
    private final boolean secure;
    private final String peerAddress;
    private final List<X509Certificate> peerCertificates;

    private @Nullable UnreadBody unread;

    RestRequest(ContainerRequestContext context, PeerSource peers) {
        this.context = context;
        this.method = context.getMethod();
        this.rawPath = context.getUriInfo().getRequestUri().getRawPath();
        this.rawQuery = context.getUriInfo().getRequestUri().getRawQuery();
        this.secure = peers.secure(context);
        this.peerAddress = peers.peerAddress(context);
        this.peerCertificates = List.copyOf(peers.peerCertificates(context));
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return rawPath;
    }

    @Override
    public @Nullable String rawQuery() {
        return rawQuery;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String peerAddress() {
        return peerAddress;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return peerCertificates;
    }

    /** Jakarta REST demands a map that does not mind case, and not every server's is one. */
    @Override
    public List<String> headers(String name) {
        return context.getHeaders().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Set<String> headerNames() {
        return Set.copyOf(context.getHeaders().keySet());
    }

    /** Keeps the body from being read until the guard asks for it itself, which it does for callers it lets in. */
    void lockBody() {
        UnreadBody body = new UnreadBody(context.getEntityStream());
        unread = body;
        context.setEntityStream(body);
    }

    private void unlockBody() {
        if (unread != null) {
            unread.open();
        }
    }

    @Override
    public boolean mayBePresent() {
        unlockBody();
        String length = header("Content-Length");
        return length == null || !length.equals("0") ? length != null || hasUnannouncedBody() : false;
    }

    private boolean hasUnannouncedBody() {
        return !headers("Transfer-Encoding").isEmpty() || context.hasEntity();
    }

    @Override
    public InputStream open() {
        unlockBody();
        return context.getEntityStream();
    }
}
