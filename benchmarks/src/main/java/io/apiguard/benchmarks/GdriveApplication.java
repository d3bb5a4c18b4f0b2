package io.apiguard.benchmarks;

import static io.apiguard.benchmarks.CedarApplication.any;
import static io.apiguard.benchmarks.CedarApplication.named;
import static io.apiguard.benchmarks.CedarApplication.some;

import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents in folders, shared with users and groups through views. */
final class GdriveApplication {

    private static final String POLICIES = """
            permit (principal, action == Action::"read", resource)
            when { resource in principal.view };

            permit (principal, action == Action::"read", resource)
            when { resource in principal.group.view };

            permit (principal, action, resource)
            when { principal.ownedDocuments.contains(resource) };

            permit (principal, action, resource)
            when { resource in principal.ownedFolders };

            permit (principal, action == Action::"read", resource is Document)
            when { resource.isPublic };
            """;

    private static final List<String> ACTIONS = List.of("read", "write", "share", "changeOwner");

    private final Random random;
    private final List<EntityUid> users;
    private final List<EntityUid> groups;
    private final List<EntityUid> views;
    private final List<EntityUid> folders;
    private final List<EntityUid> documents;

    private GdriveApplication(int perType, Random random) {
        this.random = random;
        this.users = named("User", perType);
        this.groups = named("Group", perType);
        this.views = named("View", 2 * perType);
        this.folders = named("Folder", perType);
        this.documents = named("Document", perType);
    }

    static CedarApplication generate(int perType, Random random) {
        GdriveApplication drive = new GdriveApplication(perType, random);
        List<Entity> entities = drive.entities();
        List<CedarRequest> requests =
                Stream.generate(drive::request).limit(CedarApplication.REQUESTS).toList();
        return new CedarApplication("gdrive", POLICIES, entities, requests);
    }

    private List<Entity> entities() {
        List<Entity> all = new ArrayList<>(views.stream().map(Entity::of).toList());
        IntStream.range(0, users.size()).forEach(i -> all.add(user(i)));
        IntStream.range(0, groups.size())
                .forEach(i ->
                        all.add(Entity.of(groups.get(i)).withAttributes(Map.of("view", views.get(users.size() + i)))));
        IntStream.range(0, folders.size())
                .forEach(i -> all.add(within(Entity.of(folders.get(i)), folders.subList(0, i))));
        documents.forEach(document -> all.add(within(document(document), folders)));
        return all;
    }

    private Entity user(int number) {
        EntityUid group = any(groups, random);
        return Entity.of(users.get(number))
                .withParents(group)
                .withAttributes(Map.of(
                        "view", views.get(number),
                        "group", group,
                        "ownedDocuments", SetValue.of(some(documents, random)),
                        "ownedFolders", SetValue.of(some(folders, random))));
    }

    private Entity document(EntityUid uid) {
        return Entity.of(uid)
                .withAttributes(Map.of("isPublic", BoolValue.of(random.nextDouble() < CedarApplication.EDGE)));
    }

    private Entity within(Entity entity, List<EntityUid> above) {
        List<EntityUid> parents = new ArrayList<>(some(above, random));
        parents.addAll(some(views, random));
        return entity.withParents(parents.toArray(EntityUid[]::new));
    }

    private CedarRequest request() {
        EntityUid resource = any(random.nextBoolean() ? documents : folders, random);
        return new CedarRequest(
                any(users, random), EntityUid.of("Action", any(ACTIONS, random)), resource, RecordValue.EMPTY);
    }
}
