package io.apiguard;

import io.apiguard.authn.ProtectedResource;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gate 1, before authentication: the metadata of the protected resource is for those who have no token yet (RFC 9728 section 3). */
final class MetadataStep implements GateStep {

    private static final List<Header> CACHED = List.of(new Header("Cache-Control", "public, max-age=3600"));

    private final @Nullable String path;
    private final byte[] document;

    MetadataStep(@Nullable ProtectedResource resource) {
        this.path = resource == null ? null : resource.path();
        this.document = resource == null ? new byte[0] : resource.toJson();
    }

    @Override
    public @Nullable Answer answer(Exchange exchange) {
        return path != null
                        && exchange.request().rawPath().equals(path)
                        && isRead(exchange.request().method())
                ? Answer.document(document, CACHED)
                : null;
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
