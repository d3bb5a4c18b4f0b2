package io.apiguard.validation;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * Decides whether a JSON body is safe to hand to a parser: well-formed, within limits, without duplicate names.
 *
 * <pre>{@code
 * JsonValidator validator = JsonValidator.of(JsonLimits.defaults());
 * Optional<Violation> violation = validator.validate(body);
 * }</pre>
 *
 * <p>What it accepts is JSON by RFC 8259 in UTF-8 that every parser reads alike: parsers differ on byte order marks,
 * invalid UTF-8, half surrogate pairs and duplicate names, so these are refused. Time is linear in the bytes, whatever
 * names a caller crafts: they are told apart by a keyed hash. Memory is bounded by the limits. Immutable and
 * thread-safe.
 */
public final class JsonValidator {

    private final JsonLimits limits;
    private final long key0;
    private final long key1;

    private JsonValidator(JsonLimits limits, SecureRandom random) {
        this.limits = limits;
        this.key0 = random.nextLong();
        this.key1 = random.nextLong();
    }

    /**
     * Makes a validator.
     *
     * @param limits what bodies are held to
     * @return the validator
     */
    public static JsonValidator of(JsonLimits limits) {
        return of(limits, new SecureRandom());
    }

    /**
     * Makes a validator that takes the key of its hash from the given source.
     *
     * @param limits what bodies are held to
     * @param random gives the key, once
     * @return the validator
     */
    public static JsonValidator of(JsonLimits limits, SecureRandom random) {
        return new JsonValidator(limits, random);
    }

    /**
     * Checks a body.
     *
     * @param body the whole of it; not changed
     * @return the first thing that is wrong, or empty if nothing is
     */
    public Optional<Violation> validate(byte[] body) {
        return validate(body, 0, body.length);
    }

    /**
     * Checks a body that is part of an array.
     *
     * @param body holds it; not changed
     * @param off the index of its first byte
     * @param len how many bytes it has
     * @return the first thing that is wrong, or empty if nothing is; its offset counts from the body's first byte
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public Optional<Violation> validate(byte[] body, int off, int len) {
        return Optional.ofNullable(new JsonCheck(limits, new NameTable(key0, key1)).run(body, off, len));
    }
}
