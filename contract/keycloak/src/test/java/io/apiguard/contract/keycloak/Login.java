package io.apiguard.contract.keycloak;

import java.util.List;
import java.util.Map;

/**
 * The tokens of a person who logged in at a client: by password, which stands in for a browser.
 *
 * @param client the client's id
 */
record Login(String client, String accessToken, String idToken, String refreshToken) {

    static Login of(Realm realm) {
        return of(realm, List.of("basic", "acr", "roles", "orders:read"));
    }

    static Login of(Realm realm, List<String> clientScopes) {
        String client = Realm.unique("portal");
        Person person = Person.create(realm);
        realm.create(
                "clients",
                Map.of(
                        "clientId",
                        client,
                        "secret",
                        realm.secret(client),
                        "directAccessGrantsEnabled",
                        true,
                        "defaultClientScopes",
                        clientScopes));
        Map<String, String> form = Map.of(
                "grant_type", "password", "username", person.name(), "password", person.password(), "scope", "openid");
        Map<String, Object> answer = realm.token(client, form, null);
        return new Login(client, Realm.accessToken(answer), (String) answer.get("id_token"), (String)
                answer.get("refresh_token"));
    }
}
