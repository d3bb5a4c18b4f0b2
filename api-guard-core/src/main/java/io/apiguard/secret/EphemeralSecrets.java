package io.apiguard.secret;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A random secret for each name asked for; names come from the program, never from a request, so the map cannot be made
 * to grow.
 */
final class EphemeralSecrets implements SecretSource {

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private final SecureRandom random;

    EphemeralSecrets(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Optional<Secret> current(String name) {
        return Optional.of(secrets.computeIfAbsent(name, this::make));
    }

    @Override
    public Optional<Secret> version(String name, String keyId) {
        return Optional.ofNullable(secrets.get(name))
                .filter(secret -> secret.keyId().equals(keyId));
    }

    /** The key id is random too, so that fingerprints of two processes do not look comparable. */
    private Secret make(String name) {
        return new Secret(name, "tmp-" + HexFormat.of().formatHex(bytes(4)), bytes(Secret.MINIMUM_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
