package io.apiguard.benchmarks;

import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many policies, each of which lets one role do one thing with one document; ten roles for ten policies, a thousand for ten thousand. */
final class ScopedPolicies {

    private static final int USERS = 200;
    private static final int SEED = 4711;

    private ScopedPolicies() {}

    /**
     * Generates them.
     *
     * @param count how many policies
     */
    static CedarApplication of(int count) {
        Random random = new Random(SEED);
        int roles = Math.max(10, count / 10);
        String policies = IntStream.range(0, count)
                .mapToObj(number -> policy(number, number % roles))
                .collect(Collectors.joining());
        List<Entity> users = new ArrayList<>();
        List<CedarRequest> requests = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            int role = random.nextInt(roles);
            Entity user = Entity.of(EntityUid.of("User", "user" + i)).withParents(EntityUid.of("Role", "role" + role));
            users.add(user);
            int own = role + roles * random.nextInt(count / roles);
            Stream.of(own, random.nextInt(count)).forEach(document -> requests.add(request(user.uid(), document)));
        }
        return new CedarApplication("scoped", policies, users, requests);
    }

    private static String policy(int document, int role) {
        return "permit (principal in Role::\"role" + role
                + "\", action == Action::\"view\", resource == Document::\"document" + document + "\");\n";
    }

    private static CedarRequest request(EntityUid user, int document) {
        return new CedarRequest(
                user,
                EntityUid.of("Action", "view"),
                EntityUid.of("Document", "document" + document),
                RecordValue.EMPTY);
    }
}
