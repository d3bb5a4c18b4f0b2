package io.apiguard.contract.authorizationserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** The keys of an authorization server: the last one signs, all are published. Thread-safe. */
final class SigningKeys {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final List<RSAKey> keys = new CopyOnWriteArrayList<>();

    SigningKeys() {
        publishNew();
    }

    /** Makes a key, without {@code alg} and {@code use} as the server's own documentation has it, that signs from now on. */
    RSAKey publishNew() {
        RSAKey key = generate("key-" + MADE.incrementAndGet());
        keys.add(key);
        return key;
    }

    private static RSAKey generate(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void withdraw(RSAKey key) {
        keys.remove(key);
    }

    RSAKey current() {
        return keys.get(keys.size() - 1);
    }

    JWKSource<SecurityContext> published() {
        return (selector, context) -> selector.select(new JWKSet(List.copyOf(keys)));
    }

    JwtEncoder encoder() {
        return new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(current())));
    }
}
