package io.apiguard.benchmarks;

import static io.apiguard.benchmarks.CedarApplication.any;
import static io.apiguard.benchmarks.CedarApplication.named;
import static io.apiguard.benchmarks.CedarApplication.some;

import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Lists of tasks, each with an owner, and teams that may read or change it. */
final class TinyTodoApplication {

    private static final String POLICIES = """
            permit (principal, action in [Action::"createList", Action::"getLists"], resource == Application::"todo");

            permit (principal, action, resource is List)
            when { resource.owner == principal };

            permit (principal, action == Action::"getList", resource)
            when { principal in resource.readers || principal in resource.editors };

            permit (principal, action in [Action::"updateList", Action::"createTask", Action::"updateTask"], resource)
            when { principal in resource.editors };
            """;

    private static final EntityUid APPLICATION = EntityUid.of("Application", "todo");
    private static final List<String> ON_APPLICATION = List.of("createList", "getLists");
    private static final List<String> ON_LIST =
            List.of("getList", "updateList", "deleteList", "createTask", "updateTask", "deleteTask");

    private final Random random;
    private final List<EntityUid> users;
    private final List<EntityUid> teams;
    private final List<EntityUid> lists;

    private TinyTodoApplication(int perType, Random random) {
        this.random = random;
        this.users = named("User", perType);
        this.teams = named("Team", perType);
        this.lists = named("List", perType);
    }

    static CedarApplication generate(int perType, Random random) {
        TinyTodoApplication todo = new TinyTodoApplication(perType, random);
        List<Entity> entities = todo.entities();
        List<CedarRequest> requests =
                Stream.generate(todo::request).limit(CedarApplication.REQUESTS).toList();
        return new CedarApplication("tinytodo", POLICIES, entities, requests);
    }

    private List<Entity> entities() {
        List<Entity> all = new ArrayList<>(List.of(Entity.of(APPLICATION)));
        users.forEach(user -> all.add(within(user, teams)));
        for (int i = 0; i < teams.size(); i++) {
            all.add(within(teams.get(i), teams.subList(0, i)));
        }
        lists.forEach(list -> all.add(Entity.of(list)
                .withAttributes(Map.of(
                        "owner", any(users, random), "readers", any(teams, random), "editors", any(teams, random)))
                .withParents(APPLICATION)));
        return all;
    }

    private Entity within(EntityUid uid, List<EntityUid> above) {
        return Entity.of(uid).withParents(some(above, random).toArray(EntityUid[]::new));
    }

    private CedarRequest request() {
        boolean onList = random.nextInt(ON_LIST.size() + ON_APPLICATION.size()) < ON_LIST.size();
        EntityUid action = EntityUid.of("Action", any(onList ? ON_LIST : ON_APPLICATION, random));
        return new CedarRequest(
                any(users, random), action, onList ? any(lists, random) : APPLICATION, RecordValue.EMPTY);
    }
}
