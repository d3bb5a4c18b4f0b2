package io.apiguard.contract.authorizationserver;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** What a client of an authorization server does, over real HTTP. Thread-safe. */
final class OAuthClient {

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final HttpClient http;
    private final String issuer;

    OAuthClient(String issuer) {
        this(issuer, HttpClient.newBuilder());
    }

    OAuthClient(String issuer, SSLContext tls) {
        this(issuer, HttpClient.newBuilder().sslContext(tls));
    }

    private OAuthClient(String issuer, HttpClient.Builder builder) {
        this.issuer = issuer;
        this.http = builder.version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build();
    }

    /** An access token, and what came with it. */
    record Tokens(Map<String, Object> members) {

        String access() {
            return String.valueOf(members.get("access_token"));
        }

        String id() {
            return String.valueOf(members.get("id_token"));
        }

        String refresh() {
            return String.valueOf(members.get("refresh_token"));
        }

        String type() {
            return String.valueOf(members.get("token_type"));
        }
    }

    static String basic(String user, String password) {
        String pair = user + ":" + password;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for a token in the client's own name (RFC 6749 section 4.4), authenticated by its secret. */
    Tokens clientCredentials(String client, String scope) {
        return token(Map.of("grant_type", "client_credentials", "scope", scope), client);
    }

    /** Asks for a token that is bound to a key (RFC 9449 section 5). */
    Tokens proven(String client, String scope, Prover prover) {
        return token(
                Map.of("grant_type", "client_credentials", "scope", scope),
                client,
                "DPoP",
                prover.proof("POST", issuer + "/oauth2/token"));
    }

    /** Asks for a token in the client's own name, authenticated by the certificate of the connection (RFC 8705). */
    Tokens byCertificate(String client, String scope) {
        return tokens(Map.of("grant_type", "client_credentials", "client_id", client, "scope", scope));
    }

    /** Has a user log in and let the client act (RFC 6749 section 4.1, OpenID Connect Core section 3.1). */
    Tokens authorizationCode(String client, String redirect, String scope, String user) {
        send(form("/login", Map.of("username", user, "password", AuthorizationServer.secretOf(user))));
        String query = encoded(Map.of(
                "response_type", "code",
                "client_id", client,
                "redirect_uri", redirect,
                "scope", scope,
                "nonce", "n-1"));
        HttpResponse<String> answer = send(request("/oauth2/authorize?" + query).GET());
        Matcher code = CODE.matcher(answer.headers().firstValue("Location").orElse(""));
        if (!code.find()) {
            throw unexpected(answer);
        }
        return token(
                Map.of("grant_type", "authorization_code", "code", code.group(1), "redirect_uri", redirect), client);
    }

    Tokens refreshed(String client, String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken), client);
    }

    /** Revokes a token (RFC 7009). */
    void revoke(String client, String token) {
        post(
                "/oauth2/revoke",
                Map.of("token", token),
                "Authorization",
                basic(client, AuthorizationServer.secretOf(client)));
    }

    private Tokens token(Map<String, String> form, String client, String... headers) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.add("Authorization");
        all.add(basic(client, AuthorizationServer.secretOf(client)));
        return tokens(form, all.toArray(String[]::new));
    }

    private Tokens tokens(Map<String, String> form, String... headers) {
        HttpResponse<String> answer = post("/oauth2/token", form, headers);
        try {
            return new Tokens(new LinkedHashMap<>(JSONObjectUtils.parse(answer.body())));
        } catch (ParseException e) {
            throw unexpected(answer);
        }
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
        HttpResponse<String> answer = send(form(path, form, headers));
        if (answer.statusCode() != 200) {
            throw unexpected(answer);
        }
        return answer;
    }

    private HttpRequest.Builder form(String path, Map<String, String> members, String... headers) {
        return request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(members)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static IllegalStateException unexpected(HttpResponse<String> answer) {
        return new IllegalStateException("the authorization server answers " + answer.statusCode() + " "
                + answer.headers().map() + " " + answer.body());
    }

    private static String encoded(Map<String, String> members) {
        return members.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
