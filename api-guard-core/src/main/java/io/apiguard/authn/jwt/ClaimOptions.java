package io.apiguard.authn.jwt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what {@link JwtVerifierBuilder} was told to expect and to ignore. Not thread-safe. */
final class ClaimOptions {

    /** Claims that have options, or rules, of their own. */
    private static final Map<String, String> ELSEWHERE =
            Map.of("iss", "forIssuer", "aud", "audience", "exp", "maximumLifetime", "cnf", "acceptSenderConstrained");

    private static final Set<String> DATES = Set.of("iat", "nbf", "auth_time");

    private final List<Expected> expected = new ArrayList<>();
    private final Set<String> ignored = new HashSet<>();
    private Set<String> types = Set.of();
    private boolean ignoreType;

    /** A claim to be there, and to be one of some values, or anything if there are none. */
    private record Expected(String name, Set<String> values) {}

    void expectType(String... values) {
        check(values.length > 0, "expectType needs a type; call ignoreType() if any will do");
        this.types = Stream.of(values).map(AccessTokenMarks::normalized).collect(Collectors.toUnmodifiableSet());
        check(types.stream().noneMatch(String::isBlank), "expectType needs types that are not blank");
    }

    void ignoreType() {
        this.ignoreType = true;
    }

    void expect(String name, String... values) {
        expected.add(new Expected(name, Set.copyOf(List.of(values))));
    }

    void ignore(String name) {
        ignored.add(name);
    }

    AccessTokenMarks marks(JwtProfile profile) {
        check(types.isEmpty() || !ignoreType, "expectType and ignoreType contradict each other; keep one");
        expected.forEach(this::checkExpected);
        ignored.forEach(name -> checkIgnored(name, profile));
        return new AccessTokenMarks(profile, types(profile), demanded(profile), values());
    }

    private void checkExpected(Expected claim) {
        String name = claim.name;
        check(!name.isBlank(), "expectClaim needs the name of a claim");
        check(!ELSEWHERE.containsKey(name), "expectClaim cannot judge '" + name + "'; use " + ELSEWHERE.get(name));
        check(
                claim.values.isEmpty() || !DATES.contains(name),
                "expectClaim cannot compare the date '" + name + "'; expect it without a value");
        check(!ignored.contains(name), "'" + name + "' is both expected and ignored; keep one");
        check(
                expected.stream().filter(other -> other.name.equals(name)).count() == 1,
                "'" + name + "' is expected more than once; give all its values to one expectClaim");
    }

    private void checkIgnored(String name, JwtProfile profile) {
        check(
                profile.demanded().contains(name),
                "ignoreClaim cannot ignore '" + name + "': profile " + profile + " demands " + profile.demanded()
                        + " and no other claim that could be ignored");
        check(
                profile != JwtProfile.SPRING_AUTHORIZATION_SERVER || !name.equals("nbf"),
                "'nbf' tells access tokens from ID tokens in profile " + profile + ", and cannot be ignored");
        check(
                profile != JwtProfile.RFC9068
                        || !name.equals("client_id")
                        || types(profile).equals(Set.of("at+jwt")),
                "'client_id' cannot be ignored unless the type is at+jwt: nothing would tell access tokens from ID tokens");
    }

    private Set<String> types(JwtProfile profile) {
        if (ignoreType) {
            return Set.of();
        }
        return types.isEmpty() ? Set.copyOf(profile.types()) : types;
    }

    private Set<String> demanded(JwtProfile profile) {
        Set<String> names = new HashSet<>(profile.demanded());
        names.removeAll(ignored);
        expected.forEach(claim -> names.add(claim.name));
        return Set.copyOf(names);
    }

    private Map<String, Set<String>> values() {
        Map<String, Set<String>> values = new HashMap<>();
        expected.stream()
                .filter(claim -> !claim.values.isEmpty())
                .forEach(claim -> values.put(claim.name, claim.values));
        return Map.copyOf(values);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
