package io.apiguard;

import io.apiguard.SignatureSettings.Coverage;
import io.apiguard.SignatureSettings.Nonces;
import io.apiguard.SignatureSettings.SignerKey;
import io.apiguard.authn.httpsig.HttpSignatureKey;
import io.apiguard.authn.httpsig.HttpSignatureKeys;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.HttpSignatureVerifierBuilder;
import io.apiguard.authn.httpsig.SignedComponents;
import io.apiguard.authn.httpsig.SignerGrant;
import io.apiguard.store.InMemoryReplayStore;
import io.apiguard.store.ReplayStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the verifier of signed requests together from the settings, or takes the one that the application gave the builder. */
final class Signatures {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final int LONGEST_FILE = 512 * 1024;

    private Signatures() {}

    /**
     * Returns the verifier, or {@code null} if signatures are no credential here.
     *
     * @param given the application's own, or {@code null}
     * @param replays the application's own memory of nonces, or {@code null}
     * @throws GuardConfigurationException if a key cannot be used, there is none, or the settings contradict what was given
     */
    static @Nullable HttpSignatureVerifier verifier(
            SignatureSettings settings,
            @Nullable HttpSignatureVerifier given,
            @Nullable ReplayStore replays,
            InstantSource clock) {
        if (given != null && settings.enabled()) {
            throw problem(
                    "signatures.enabled is true, and the application gives the guard's builder a verifier of its own."
                            + " Remove the settings of signatures, or do not call GuardBuilder.signatures");
        }
        return settings.enabled() ? verifier(settings, replays, clock) : given;
    }

    private static HttpSignatureVerifier verifier(
            SignatureSettings settings, @Nullable ReplayStore replays, InstantSource clock) {
        HttpSignatureVerifierBuilder builder = HttpSignatureVerifier.withKeys(keys(settings))
                .components(components(settings))
                .maximumAge(settings.maxAge())
                .skew(settings.skew())
                .clock(clock);
        if (settings.label() != null) {
            builder.label(settings.label());
        }
        if (settings.tag() != null) {
            builder.tag(settings.tag());
        }
        return settings.nonces() == Nonces.NONE
                ? builder.replaysPermittedUntilExpiry().build()
                : builder.replayStore(replays != null ? replays : memory(settings, clock))
                        .build();
    }

    private static ReplayStore memory(SignatureSettings settings, InstantSource clock) {
        return new InMemoryReplayStore(settings.maxNonces(), settings.maxNoncesPerKey(), clock);
    }

    private static SignedComponents components(SignatureSettings settings) {
        String[] listed = settings.components().toArray(String[]::new);
        if (settings.coverage() == Coverage.WHOLE_REQUEST) {
            return SignedComponents.wholeRequest().and(listed);
        }
        if (!settings.components().contains("content-digest")) {
            LOG.warn("signatures.components does not list content-digest: whoever forwards a signed request can put"
                    + " another body in it");
        }
        return SignedComponents.onlyThese(listed);
    }

    private static HttpSignatureKeys keys(SignatureSettings settings) {
        List<SignerKey> all = allKeys(settings);
        if (all.isEmpty()) {
            throw problem("signatures.enabled is true, and there is no key that a request could be signed with."
                    + " Set signatures.keys or signatures.file");
        }
        Map<String, HttpSignatureKey> keys = new HashMap<>();
        all.forEach(key -> keys.put(key.id(), key(key)));
        return HttpSignatureKeys.of(keys);
    }

    private static List<SignerKey> allKeys(SignatureSettings settings) {
        try {
            return settings.allKeys();
        } catch (IllegalArgumentException e) {
            throw new GuardConfigurationException("signatures.file: " + e.getMessage(), e);
        }
    }

    private static HttpSignatureKey key(SignerKey key) {
        SignerGrant signer =
                new SignerGrant(key.subject(), Set.copyOf(key.scopes()), Set.copyOf(key.roles()), key.tenant());
        try {
            return HttpSignatureKey.ofText(key.algorithm(), read(key), key.id(), signer);
        } catch (IllegalArgumentException e) {
            throw new GuardConfigurationException(
                    named(key) + ": " + e.getMessage() + ". Correct the file " + key.publicKey(), e);
        } catch (IOException e) {
            throw new GuardConfigurationException(
                    named(key) + ": the file " + key.publicKey() + " cannot be read ("
                            + e.getClass().getSimpleName() + "). Correct the path or its permissions",
                    e);
        }
    }

    private static String named(SignerKey key) {
        return "signatures.keys, public-key of '" + key.id() + "'";
    }

    private static byte[] read(SignerKey key) throws IOException {
        try (InputStream in = Files.newInputStream(key.publicKey())) {
            return in.readNBytes(LONGEST_FILE);
        }
    }

    private static GuardConfigurationException problem(String text) {
        return new GuardConfigurationException(List.of(text));
    }
}
