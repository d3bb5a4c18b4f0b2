package io.apiguard;

import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.authn.httpsig.SignedComponents;
import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Setting;
import io.apiguard.internal.settings.SettingsBinder;
import io.apiguard.internal.settings.SettingsLoader;
import io.apiguard.internal.settings.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How signatures over requests are verified (RFC 9421, RFC 9530).
 *
 * @param enabled accept requests that are signed with one of the keys
 * @param coverage what a signature must cover
 * @param components what it must cover besides, or with coverage: listed alone
 * @param maxAge how long after its creation a signature is good at most
 * @param skew how far the clocks of signers may differ
 * @param label the name of the signature that is looked at; not set: there must be one only
 * @param tag the tag that the signature must have; others are ignored
 * @param nonces whether each signature must have a nonce that was not used before
 * @param maxNonces how many used nonces are remembered in this process (503 beyond)
 * @param maxNoncesPerKey how many of these one key may account for (429 beyond)
 * @param file a YAML or properties file with further keys, under keys as here
 * @param keys the keys of signers
 */
public record SignatureSettings(
        @Setting(description = "Accept requests that are signed with one of the keys.", defaultValue = "false")
        boolean enabled,

        @Setting(
                description =
                        "What a signature must cover: whole-request is @method, the target, and content-digest of a body.",
                defaultValue = "whole-request")
        Coverage coverage,

        @Setting(description = "What a signature must cover besides; with coverage: listed these alone.")
        List<String> components,

        @Setting(description = "How long after its creation a signature is good at most.", defaultValue = "5m")
        Duration maxAge,

        @Setting(description = "How far the clocks of signers may differ.", defaultValue = "30s")
        Duration skew,

        @Setting(description = "The name of the signature that is looked at; not set: there must be one only.")
        @Nullable String label,

        @Setting(description = "The tag that the signature must have; signatures with others are ignored.") @Nullable String tag,

        @Setting(
                description = "Whether each signature must have a nonce that was not used before; with none, whoever "
                        + "sees a request can send it again.",
                defaultValue = "required")
        Nonces nonces,

        @Setting(
                description = "How many used nonces are remembered in this process (503 beyond).",
                defaultValue = "100000")
        int maxNonces,

        @Setting(description = "How many of these one key may account for (429 beyond).", defaultValue = "50000")
        int maxNoncesPerKey,

        @Setting(description = "A YAML or properties file with further keys, under keys as here.") @Nullable Path file,

        @Setting(description = "The keys of signers.") List<SignerKey> keys) {

    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]{1,256}");
    private static final Pattern KEY_ID = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final Set<String> DERIVED = Set.of(
            "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query", "@query-param");
    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]{0,63}");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
     */
    public SignatureSettings {
        components = List.copyOf(components);
        keys = List.copyOf(keys);
        boolean others = file != null || !keys.isEmpty() || !components.isEmpty() || label != null || tag != null;
        Checks.that(
                enabled || (!others && coverage == Coverage.WHOLE_REQUEST && nonces == Nonces.REQUIRED),
                "enabled",
                "is false while other settings of signatures are there",
                "Set signatures.enabled: true, or remove them");
        Checks.that(
                coverage != Coverage.LISTED || !components.isEmpty(),
                "components",
                "is empty while signatures.coverage is listed",
                "List at least one component, such as @method, or remove signatures.coverage");
        checkComponents(components);
        Checks.range("max-age", maxAge, Duration.ofSeconds(1), Duration.ofHours(12));
        Checks.range("skew", skew, Duration.ZERO, Duration.ofMinutes(10));
        Checks.that(
                label == null || KEY.matcher(label).matches(),
                "label",
                "is no key of a structured field (RFC 9651 section 3.1.2)",
                "Use lower case letters, digits, hyphens and underscores, starting with a letter");
        Checks.that(
                tag == null || VISIBLE.matcher(tag).matches(),
                "tag",
                "is no text of at most 256 visible ASCII characters",
                "Use letters, digits and hyphens");
        Checks.range("max-nonces", maxNonces, 1, 10_000_000);
        Checks.range("max-nonces-per-key", maxNoncesPerKey, 1, maxNonces);
        checkUnique(keys);
    }

    private static void checkComponents(List<String> components) {
        for (String component : components) {
            Checks.that(
                    isReadable(component) && isOfRequests(component),
                    "components",
                    "has " + Texts.quote(component) + ", which is no component of a request",
                    "Write a field name, or a derived component of RFC 9421 section 2.2 such as @authority");
        }
    }

    /** Asks the very code that will read the components later. */
    private static boolean isReadable(String component) {
        try {
            SignedComponents.onlyThese(component);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What no request has would refuse every one. */
    private static boolean isOfRequests(String component) {
        boolean whole = component.startsWith("\"");
        int end = whole ? component.indexOf('"', 1) : component.length();
        String name = component.substring(whole ? 1 : 0, end);
        String parameters = component.substring(end);
        return (!name.startsWith("@") || DERIVED.contains(name.toLowerCase(Locale.ROOT)))
                && !parameters.contains(";tr")
                && !parameters.contains(";req");
    }

    private static void checkUnique(List<SignerKey> keys) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            Checks.that(
                    seen.add(keys.get(i).id()),
                    "keys[" + i + "].id",
                    "is " + Texts.quote(keys.get(i).id()) + ", which stands in signatures.keys twice",
                    "Make one of the two");
        }
    }

    /** What a signature must cover. */
    public enum Coverage {
        /** All that makes a request, and what is listed besides. */
        WHOLE_REQUEST,
        /** What is listed, and nothing else: what is left out can be altered by others. */
        LISTED
    }

    /** Whether a signature can be used once only. */
    public enum Nonces {
        /** Each has a nonce, and is refused when that was used before (RFC 9421 section 7.2.2). */
        REQUIRED,
        /** Whoever sees a request can send it again until its signature expires. */
        NONE
    }

    private record KeyFile(
            @Setting(description = "The keys of signers.") List<SignerKey> keys) {}

    /**
     * Reads the keys of {@link #file()} and puts them behind {@link #keys()}.
     *
     * @return all keys, unmodifiable
     * @throws IllegalArgumentException if the file cannot be read, holds anything but keys, or an id occurs twice
     */
    List<SignerKey> allKeys() {
        if (file == null) {
            return keys;
        }
        List<SignerKey> all = new ArrayList<>(keys);
        all.addAll(SettingsBinder.bind(KeyFile.class, SettingsLoader.read(file)).keys());
        checkUnique(all);
        return List.copyOf(all);
    }

    /**
     * One key that requests are signed with, and whose it is.
     *
     * @param id how signatures name the key (keyid)
     * @param algorithm the one algorithm that the key is for
     * @param publicKey the file that holds the public key: PEM, a JWK, or a JWK Set of which the key with that id is taken
     * @param subject who signs with it
     * @param tenant the tenant the signer belongs to
     * @param scopes scopes granted to the signer
     * @param roles roles of the signer
     */
    public record SignerKey(
            @Setting(description = "How signatures name the key (keyid).", required = true)
            String id,

            @Setting(
                    description =
                            "The one algorithm that the key is for, of those of RFC 9421 section 3.3 with a public key.",
                    required = true)
            SignatureAlgorithm algorithm,

            @Setting(
                    description = "The file that holds the public key: PEM, a JWK, or a JWK Set of which the key with "
                            + "that id is taken.",
                    required = true)
            Path publicKey,

            @Setting(description = "Who signs with it.", required = true)
            String subject,

            @Setting(description = "The tenant the signer belongs to.") @Nullable String tenant,

            @Setting(description = "Scopes granted to the signer.")
            List<String> scopes,

            @Setting(description = "Roles of the signer.") List<String> roles) {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of bounds or contradicts another; the message names it and the remedy
         */
        public SignerKey {
            scopes = List.copyOf(scopes);
            roles = List.copyOf(roles);
            Checks.that(
                    KEY_ID.matcher(id).matches(),
                    "id",
                    "is no text of at most 200 visible ASCII characters",
                    "Use letters, digits and hyphens");
            Checks.that(
                    algorithm != SignatureAlgorithm.HMAC_SHA256,
                    "algorithm",
                    "is hmac-sha256, which has a secret and no public key",
                    "Use another, or give the guard's builder an HttpSignatureVerifier");
        }
    }
}
