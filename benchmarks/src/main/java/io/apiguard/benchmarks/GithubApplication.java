package io.apiguard.benchmarks;

import static io.apiguard.benchmarks.CedarApplication.any;
import static io.apiguard.benchmarks.CedarApplication.named;
import static io.apiguard.benchmarks.CedarApplication.some;

import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Repositories of organisations, each with five permissions that users and teams have, and issues in them. */
final class GithubApplication {

    private static final String POLICIES = """
            permit (principal, action in [Action::"pull", Action::"fork"], resource)
            when { principal in resource.readers };

            permit (principal, action == Action::"assignIssue", resource)
            when { principal in resource.repository.triagers };

            permit (principal, action == Action::"push", resource)
            when { principal in resource.writers };

            permit (principal, action == Action::"editIssue", resource)
            when { principal in resource.repository.writers };

            permit (principal, action == Action::"editIssue", resource)
            when { principal in resource.repository.readers && principal == resource.reporter };

            permit (principal, action == Action::"deleteIssue", resource)
            when { principal in resource.repository.maintainers };

            permit (principal, action == Action::"deleteIssue", resource)
            when { principal in resource.repository.readers && principal == resource.reporter };

            permit (principal, action in [Action::"addReader", Action::"addWriter", Action::"addAdmin"], resource)
            when { principal in resource.admins };
            """;

    private static final List<String> PERMISSIONS = List.of("readers", "triagers", "writers", "maintainers", "admins");
    private static final List<String> ON_REPOSITORY =
            List.of("pull", "fork", "push", "addReader", "addWriter", "addAdmin");
    private static final List<String> ON_ISSUE = List.of("assignIssue", "editIssue", "deleteIssue");

    private final Random random;
    private final List<EntityUid> users;
    private final List<EntityUid> teams;
    private final List<EntityUid> organisations;
    private final List<EntityUid> members;
    private final List<EntityUid> repositories;
    private final List<EntityUid> permissions;
    private final List<EntityUid> issues;

    private GithubApplication(int perType, Random random) {
        this.random = random;
        this.users = named("User", perType);
        this.teams = named("Team", perType);
        this.organisations = named("Organisation", perType);
        this.members = named("Members", 2 * perType);
        this.repositories = named("Repository", perType);
        this.permissions = named("Permission", PERMISSIONS.size() * perType);
        this.issues = named("Issue", perType);
    }

    static CedarApplication generate(int perType, Random random) {
        GithubApplication hub = new GithubApplication(perType, random);
        List<Entity> entities = hub.entities();
        List<CedarRequest> requests =
                Stream.generate(hub::request).limit(CedarApplication.REQUESTS).toList();
        return new CedarApplication("github", POLICIES, entities, requests);
    }

    private List<Entity> entities() {
        List<Entity> all = new ArrayList<>();
        for (EntityUid user : users) {
            all.add(within(user, List.of(teams, permissions, members)));
        }
        for (int i = 0; i < teams.size(); i++) {
            all.add(within(teams.get(i), List.of(teams.subList(0, i), permissions)));
        }
        members.forEach(group -> all.add(Entity.of(group)));
        for (int i = 0; i < organisations.size(); i++) {
            all.add(Entity.of(organisations.get(i))
                    .withAttributes(Map.of("members", members.get(2 * i), "owners", members.get(2 * i + 1))));
        }
        for (int i = 0; i < repositories.size(); i++) {
            repository(i, all);
        }
        issues.forEach(issue -> all.add(Entity.of(issue)
                .withAttributes(Map.of("repository", any(repositories, random), "reporter", any(users, random)))));
        return all;
    }

    private Entity within(EntityUid uid, List<List<EntityUid>> above) {
        List<EntityUid> parents = new ArrayList<>();
        above.forEach(possible -> parents.addAll(some(possible, random)));
        return Entity.of(uid).withParents(parents.toArray(EntityUid[]::new));
    }

    /** Whoever has a permission has those below it. */
    private void repository(int number, List<Entity> all) {
        Map<String, EntityUid> held = new HashMap<>(Map.of("owner", any(organisations, random)));
        for (int i = 0; i < PERMISSIONS.size(); i++) {
            EntityUid permission = permissions.get(number * PERMISSIONS.size() + i);
            Entity entity = Entity.of(permission);
            all.add(i == 0 ? entity : entity.withParents(permissions.get(number * PERMISSIONS.size() + i - 1)));
            held.put(PERMISSIONS.get(i), permission);
        }
        all.add(Entity.of(repositories.get(number)).withAttributes(held));
    }

    private CedarRequest request() {
        boolean onIssue = random.nextInt(ON_ISSUE.size() + ON_REPOSITORY.size()) < ON_ISSUE.size();
        String action = any(onIssue ? ON_ISSUE : ON_REPOSITORY, random);
        EntityUid resource = any(onIssue ? issues : repositories, random);
        return new CedarRequest(any(users, random), EntityUid.of("Action", action), resource, RecordValue.EMPTY);
    }
}
