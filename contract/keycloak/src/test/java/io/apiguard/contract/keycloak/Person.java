package io.apiguard.contract.keycloak;

import java.util.List;
import java.util.Map;

/** Somebody who can log in at the realm. */
record Person(String name, String password) {

    static Person create(Realm realm) {
        Person person = new Person(Realm.unique("dora"), Realm.unique("password"));
        realm.create(
                "users",
                Map.of(
                        "username",
                        person.name,
                        "enabled",
                        true,
                        "firstName",
                        "Dora",
                        "lastName",
                        "Doe",
                        "email",
                        person.name + "@example.com",
                        "credentials",
                        List.of(Map.of("type", "password", "value", person.password))));
        return person;
    }
}
