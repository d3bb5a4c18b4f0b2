package io.apiguard.secret;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets held in memory: for each name its versions, the current one first. */
final class FixedSecrets implements SecretSource {

    private final Map<String, Map<String, Secret>> versions = new LinkedHashMap<>();

    /** Takes secrets in an order where the first of each name is the current one. */
    FixedSecrets(Collection<Secret> secrets) {
        for (Secret secret : secrets) {
            Map<String, Secret> named = versions.computeIfAbsent(secret.name(), name -> new LinkedHashMap<>());
            if (named.putIfAbsent(secret.keyId(), secret) != null) {
                throw new IllegalArgumentException("secret '" + secret.name() + "' has key id '" + secret.keyId()
                        + "' twice; give each version its own");
            }
        }
    }

    @Override
    public Optional<Secret> current(String name) {
        return versions.getOrDefault(name, Map.of()).values().stream().findFirst();
    }

    @Override
    public Optional<Secret> version(String name, String keyId) {
        return Optional.ofNullable(versions.getOrDefault(name, Map.of()).get(keyId));
    }

    @Override
    public String toString() {
        return "SecretSource" + versions.values().stream().map(Map::values).toList();
    }
}
