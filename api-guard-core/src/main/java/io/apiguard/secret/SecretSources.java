package io.apiguard.secret;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;

/**
 * The ways to come by a {@link SecretSource}: the environment, a directory of files, memory, or chance.
 *
 * <p>Wherever a secret is text it is written as the name of an encoding, a colon and the encoded bytes: {@code hex:}
 * (RFC 4648 section 8, either case), {@code base64:} (section 4, padded) or {@code base64url:} (section 5, not padded).
 * The encoding is read strictly: no white space, no foreign character, no stray trailing bits. At least {@value
 * Secret#MINIMUM_BYTES} bytes must come out.
 *
 * <p>A key id is 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}. Every source reads once, when it is made,
 * and never again: rotating a secret is adding a version everywhere, then making it the current one everywhere, then
 * removing the old one.
 */
public final class SecretSources {

    /** What the names of the environment variables read by {@link #environment(Map)} start with. */
    public static final String ENVIRONMENT_PREFIX = "API_GUARD_SECRET_";

    private SecretSources() {}

    /**
     * Returns the secrets in the process's environment; see {@link #environment(Map)}.
     *
     * @throws IllegalArgumentException if a variable cannot be read; the message names it and the remedy, never its
     *     content
     */
    public static SecretSource environment() {
        return environment(System.getenv());
    }

    /**
     * Returns the secrets in the given environment variables.
     *
     * <p>The secret {@code api-keys} is {@code API_GUARD_SECRET_API_KEYS}: upper case, {@code _} for {@code -}. Its
     * value is one secret ({@code base64:…}, which gets the key id {@code 1}), or several versions separated by commas,
     * each with its key id ({@code v2=base64:…,v1=hex:…}): the first is the current one. Variables without the prefix
     * are not looked at.
     *
     * @param variables names and values, as {@link System#getenv()} returns them; copied
     * @throws IllegalArgumentException if a variable cannot be read; the message names it and the remedy, never its
     *     content
     */
    public static SecretSource environment(Map<String, String> variables) {
        return new FixedSecrets(EnvironmentSecrets.read(variables));
    }

    /**
     * Returns the secrets in a directory of files, such as a mounted Kubernetes secret.
     *
     * <p>A file {@code <name>.<keyId>} holds one version as text, at most 4 KB, with or without a line end; the name is
     * lower-case letters, digits and hyphens. If a name has several versions, the file {@code <name>.current} holds the
     * key id of the current one, so that a fleet can learn a new version before any member uses it. Files whose name
     * starts with a dot, and directories, are passed over.
     *
     * @param directory an existing directory
     * @throws IllegalArgumentException if the directory or a file cannot be read, or is not as described; the message
     *     names the file and the remedy, never its content
     */
    public static SecretSource directory(Path directory) {
        return new FixedSecrets(DirectorySecrets.read(directory));
    }

    /**
     * Returns the given secrets; the first of each name is the current version.
     *
     * @throws IllegalArgumentException if a key id occurs twice under one name
     */
    public static SecretSource of(Secret... secrets) {
        return new FixedSecrets(Arrays.asList(secrets));
    }

    /**
     * Returns a source that makes up a secret for every name it is asked for, and forgets it when the process ends.
     *
     * <p>Fit for fingerprints in an audit log that need not be compared across processes or restarts, and for nothing
     * else: what is stored under such a secret can never be checked again.
     *
     * @param random where the secrets come from
     */
    public static SecretSource ephemeral(SecureRandom random) {
        return new EphemeralSecrets(random);
    }
}
