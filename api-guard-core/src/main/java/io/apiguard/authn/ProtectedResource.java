package io.apiguard.authn;

import io.apiguard.http.CanonicalPath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a client must know to get a token for this service (RFC 9728): served at its well-known path, and named in every challenge.
 *
 * <p>Immutable and thread-safe.
 *
 * @param resource the service's identifier, an https URL without a fragment (section 1.2)
 * @param authorizationServers the issuers whose tokens are taken, in order
 * @param scopes the scopes that clients may ask for, in order
 * @param name the service's name for people, or {@code null}
 * @param documentation where developers find its documentation, or {@code null}
 * @param dpopAlgorithms the algorithms of proofs (RFC 9449), empty if tokens bound by them are not taken
 * @param certificateBound whether tokens bound to client certificates are taken (RFC 8705)
 */
public record ProtectedResource(
        URI resource,
        List<String> authorizationServers,
        List<String> scopes,
        @Nullable String name,
        @Nullable String documentation,
        List<String> dpopAlgorithms,
        boolean certificateBound) {

    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if the resource is no absolute URL with a host, has user information, a query or a fragment, or a
     *     path that the guard does not serve
     */
    public ProtectedResource {
        if (resource.getHost() == null
                || resource.getRawUserInfo() != null
                || resource.getRawQuery() != null
                || resource.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a resource identifier is a URL with a host and without user information, query and fragment, not '"
                            + resource + "'");
        }
        if (!(CanonicalPath.parse(path(resource)) instanceof CanonicalPath)) {
            throw new IllegalArgumentException("the metadata of the resource identifier '" + resource
                    + "' could not be served, since its path is not canonical; write it without a slash at its end,"
                    + " empty segments, needless escapes and semicolons");
        }
        authorizationServers = List.copyOf(authorizationServers);
        scopes = List.copyOf(scopes);
        dpopAlgorithms = List.copyOf(dpopAlgorithms);
    }

    /** {@return the path at which the metadata is served: the well-known one before the resource's own (section 3.1)} */
    public String path() {
        return path(resource);
    }

    private static String path(URI resource) {
        String own = resource.getRawPath();
        return WELL_KNOWN + (own.equals("/") ? "" : own);
    }

    /** {@return the address of the metadata} */
    public URI metadata() {
        return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + path());
    }

    /** {@return the metadata as JSON in UTF-8 (section 2); members without a value are left out} */
    public byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            text(json, "resource", resource.toASCIIString());
            list(json, "authorization_servers", authorizationServers);
            list(json, "scopes_supported", scopes);
            list(json, "bearer_methods_supported", List.of("header"));
            text(json, "resource_name", name);
            text(json, "resource_documentation", documentation);
            list(json, "dpop_signing_alg_values_supported", dpopAlgorithms);
            if (certificateBound) {
                json.writeBooleanProperty("tls_client_certificate_bound_access_tokens", true);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void text(JsonGenerator json, String member, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(member, value);
        }
    }

    private static void list(JsonGenerator json, String member, Collection<String> values) {
        if (!values.isEmpty()) {
            json.writeArrayPropertyStart(member);
            values.forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
