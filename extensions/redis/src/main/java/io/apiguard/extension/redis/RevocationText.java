package io.apiguard.extension.redis;

import io.apiguard.store.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Revocations as text: a letter for the kind, then the parts in base64url and the instants in milliseconds, by dots. */
final class RevocationText {

    private RevocationText() {}

    static String write(Revocation revocation) {
        if (revocation instanceof Revocation.Token token) {
            return join("t", List.of(token.issuer(), token.tokenId()), token.until());
        }
        if (revocation instanceof Revocation.Session session) {
            return join("s", List.of(session.issuer(), session.sessionId()), session.until());
        }
        if (revocation instanceof Revocation.SubjectBefore subject) {
            return join("u", List.of(subject.issuer(), subject.subject()), subject.before(), subject.until());
        }
        if (revocation instanceof Revocation.IssuerBefore issuer) {
            return join("i", List.of(issuer.issuer()), issuer.before(), issuer.until());
        }
        Revocation.ApiKey key = (Revocation.ApiKey) revocation;
        return join("k", List.of(key.keyId()), key.until());
    }

    private static String join(String kind, List<String> names, Instant... instants) {
        Stream<String> texts = names.stream()
                .map(name ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8)));
        Stream<String> times = Arrays.stream(instants).map(instant -> Long.toString(millis(instant)));
        return kind + "." + Stream.concat(texts, times).collect(Collectors.joining("."));
    }

    /** Rounded up, so that nothing is good again, or spared, a fraction too early. */
    private static long millis(Instant instant) {
        long millis = instant.toEpochMilli();
        return instant.equals(Instant.ofEpochMilli(millis)) ? millis : millis + 1;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static Revocation read(String text) {
        String[] parts = text.split("\\.", -1);
        int wanted =
                switch (parts[0]) {
                    case "t", "s", "i" -> 4;
                    case "u" -> 5;
                    case "k" -> 3;
                    default -> throw strange();
                };
        if (parts.length != wanted) {
            throw strange();
        }
        return switch (parts[0]) {
            case "t" -> new Revocation.Token(name(parts[1]), name(parts[2]), instant(parts[3]));
            case "s" -> new Revocation.Session(name(parts[1]), name(parts[2]), instant(parts[3]));
            case "i" -> new Revocation.IssuerBefore(name(parts[1]), instant(parts[2]), instant(parts[3]));
            case "k" -> new Revocation.ApiKey(name(parts[1]), instant(parts[2]));
            default ->
                new Revocation.SubjectBefore(name(parts[1]), name(parts[2]), instant(parts[3]), instant(parts[4]));
        };
    }

    private static String name(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static Instant instant(String part) {
        return Instant.ofEpochMilli(Long.parseLong(part));
    }

    private static IllegalArgumentException strange() {
        return new IllegalArgumentException("Redis holds a revocation of a form that this version does not know;"
                + " run one version of API Guard, or give each its own prefix");
    }
}
