package io.apiguard.benchmarks;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.EntityUid;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * One of the three applications of the paper "Cedar: A New Language for Expressive, Fast, Safe, and Analyzable Authorization" (OOPSLA 2024),
 * with a random store and random requests.
 *
 * <p>Policies and generators are written anew from its description: so many entities of each type, each possible edge with probability 0.05,
 * and for each request an action, a principal and a resource that it applies to.
 *
 * @param name its name
 * @param policies its policies as text
 * @param entities its store
 * @param requests its requests
 */
public record CedarApplication(String name, String policies, List<Entity> entities, List<CedarRequest> requests) {

    static final double EDGE = 0.05;
    static final int REQUESTS = 500;

    /**
     * Generates one.
     *
     * @param name gdrive, github or tinytodo
     * @param perType how many entities there are of each type
     * @param seed the same seed gives the same store and requests
     */
    public static CedarApplication of(String name, int perType, long seed) {
        BiFunction<Integer, Random, CedarApplication> generator =
                switch (name) {
                    case "gdrive" -> GdriveApplication::generate;
                    case "github" -> GithubApplication::generate;
                    case "tinytodo" -> TinyTodoApplication::generate;
                    default -> throw new IllegalArgumentException("no application '" + name + "'");
                };
        return generator.apply(perType, new Random(seed));
    }

    /** Returns the policies, compiled. */
    public Authorizer authorizer() {
        return Authorizer.of(PolicySet.parse(policies));
    }

    /** Returns the store. */
    public Entities store() {
        return Entities.of(entities);
    }

    static List<EntityUid> named(String type, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> EntityUid.of(type, type.toLowerCase(Locale.ROOT) + number))
                .toList();
    }

    static <T> T any(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Returns each with the probability of an edge. */
    static List<EntityUid> some(Collection<EntityUid> from, Random random) {
        return from.stream().filter(uid -> random.nextDouble() < EDGE).toList();
    }
}
