package io.apiguard.contract.keycloak;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** What clients and an administrator ask the guide's realm for. */
final class Realm {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ADMIN = "/admin/realms/shop/";

    private final KeycloakServer keycloak;
    private final URI issuer;

    Realm(KeycloakServer keycloak) {
        this(keycloak, keycloak.issuer());
    }

    private Realm(KeycloakServer keycloak, URI issuer) {
        this.keycloak = keycloak;
        this.issuer = issuer;
    }

    /** {@return the same realm, as clients see it that reach this Keycloak under another host name} */
    Realm underTheName(String host) {
        return new Realm(keycloak, URI.create("http://" + host + ":" + issuer.getPort() + issuer.getPath()));
    }

    /** {@return a token for the client that builds reports, with the scope and so the audience of the API} */
    String reportingToken() {
        return accessToken(token("reporting", Map.of("scope", "orders:read"), null));
    }

    /** {@return a token bound to a prover's key} */
    String walletToken(Prover prover) throws JoseException {
        return accessToken(token(
                "wallet",
                Map.of("scope", "orders:read"),
                prover.proof("POST", tokenEndpoint().toString(), null)));
    }

    static String accessToken(Map<String, Object> answer) {
        return (String) answer.get("access_token");
    }

    /** Asks for a token, by client credentials unless the form says otherwise. */
    Map<String, Object> token(String client, Map<String, String> form, @Nullable String proof) {
        Map<String, String> all = new HashMap<>(form);
        all.putIfAbsent("grant_type", "client_credentials");
        all.put("client_id", client);
        all.put("client_secret", secret(client));
        HttpRequest.Builder request = form(tokenEndpoint(), all);
        if (proof != null) {
            request.header("DPoP", proof);
        }
        return object(send(request, 200));
    }

    String secret(String client) {
        return switch (client) {
            case "reporting" -> keycloak.variable("REPORTING_SECRET");
            case "wallet" -> keycloak.variable("WALLET_SECRET");
            default -> keycloak.variable("ORDERS_API_SECRET");
        };
    }

    URI tokenEndpoint() {
        return URI.create(issuer + "/protocol/openid-connect/token");
    }

    /** Revokes a token (RFC 7009), as the client that it was given to. */
    void revoke(String client, String token) {
        Map<String, String> form = Map.of("token", token, "client_id", client, "client_secret", secret(client));
        send(form(URI.create(issuer + "/protocol/openid-connect/revoke"), form), 200);
    }

    /** {@return the keys of the realm as it publishes them} */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> keys() {
        URI certs = URI.create(issuer + "/protocol/openid-connect/certs");
        return (List<Map<String, Object>>)
                object(send(HttpRequest.newBuilder(certs), 200)).get("keys");
    }

    /** Creates something as the administrator, and returns its id. */
    String create(String collection, Map<String, Object> what) {
        HttpResponse<String> answer = administer("POST", ADMIN + collection, JsonUtil.toJson(what), 201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** {@return the administrator's name for a client} */
    String idOf(String client) {
        return (String) list("clients?clientId=" + client).get(0).get("id");
    }

    /** Gives a client's service account a role of another client. */
    void assign(String client, String otherClient, String role) {
        String other = idOf(otherClient);
        Map<String, Object> account = get("clients/" + idOf(client) + "/service-account-user");
        Map<String, Object> found = get("clients/" + other + "/roles/" + role);
        String path = ADMIN + "users/" + account.get("id") + "/role-mappings/clients/" + other;
        administer("POST", path, "[" + JsonUtil.toJson(found) + "]", 204);
    }

    void update(String path, Map<String, Object> what) {
        administer("PUT", ADMIN + path, JsonUtil.toJson(what), 204);
    }

    Map<String, Object> get(String path) {
        return object(administer("GET", ADMIN + path, "", 200).body());
    }

    /** {@return what a list of the administration holds} */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String path) {
        String answer = administer("GET", ADMIN + path, "", 200).body();
        return (List<Map<String, Object>>) object("{\"list\":" + answer + "}").get("list");
    }

    private HttpResponse<String> administer(String method, String path, String body, int expected) {
        Map<String, String> form = Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                keycloak.variable("KC_BOOTSTRAP_ADMIN_USERNAME"),
                "password",
                keycloak.variable("KC_BOOTSTRAP_ADMIN_PASSWORD"));
        URI master = keycloak.address().resolve("/realms/master/protocol/openid-connect/token");
        String token = accessToken(object(send(form(master, form), 200)));
        HttpRequest.Builder request = HttpRequest.newBuilder(keycloak.address().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        return response(request, expected);
    }

    private static HttpRequest.Builder form(URI address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String send(HttpRequest.Builder request, int expected) {
        return response(request, expected).body();
    }

    private static HttpResponse<String> response(HttpRequest.Builder builder, int expected) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(30)).build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != expected) {
                throw new IllegalStateException(request.method() + " " + request.uri() + " answers "
                        + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> object(String json) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a name that nothing else in the realm has} */
    static String unique(String name) {
        return name + "-" + UUID.randomUUID();
    }
}
