package io.apiguard.cedar.entity;

import io.apiguard.cedar.entity.EntityStore.StoredEntity;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out all that each entity is in, in one walk over the graph without recursion; refuses cycles and names them. */
final class Closure {

    private final Map<EntityUid, Entity> entities;
    private final Map<EntityUid, StoredEntity> done;

    Closure(Map<EntityUid, Entity> entities) {
        this(entities, Map.of());
    }

    /** Takes others, of which it is known already what they are in. */
    Closure(Map<EntityUid, Entity> entities, Map<EntityUid, StoredEntity> known) {
        this.entities = entities;
        this.done = new HashMap<>(known);
    }

    Map<EntityUid, StoredEntity> close() {
        for (Entity entity : entities.values()) {
            if (!done.containsKey(entity.uid())) {
                walk(entity);
            }
        }
        return Map.copyOf(done);
    }

    /** An entity on the way up, and those of its parents that are still to be visited. */
    private record Step(Entity entity, Iterator<EntityUid> parents) {

        static Step of(Entity entity) {
            return new Step(entity, entity.parents().iterator());
        }
    }

    private void walk(Entity start) {
        Deque<Step> path = new ArrayDeque<>(List.of(Step.of(start)));
        Set<EntityUid> onPath = new LinkedHashSet<>(List.of(start.uid()));
        while (!path.isEmpty()) {
            Step step = path.peek();
            if (step.parents().hasNext()) {
                Entity parent = unvisited(step.parents().next(), onPath);
                if (parent != null) {
                    path.push(Step.of(parent));
                    onPath.add(parent.uid());
                }
            } else {
                finish(step.entity());
                onPath.remove(step.entity().uid());
                path.pop();
            }
        }
    }

    private @Nullable Entity unvisited(EntityUid uid, Set<EntityUid> onPath) {
        if (onPath.contains(uid)) {
            throw new CedarException("entities are in each other: " + cycle(uid, onPath));
        }
        return done.containsKey(uid) ? null : entities.get(uid);
    }

    private static String cycle(EntityUid uid, Set<EntityUid> onPath) {
        List<EntityUid> path = new ArrayList<>(onPath);
        List<EntityUid> cycle = new ArrayList<>(path.subList(path.indexOf(uid), path.size()));
        cycle.add(uid);
        return String.join(" in ", cycle.stream().map(EntityUid::toString).toList());
    }

    /** All parents that are known were finished before. */
    private void finish(Entity entity) {
        Set<EntityUid> ancestors = new HashSet<>(entity.parents());
        for (EntityUid parent : entity.parents()) {
            StoredEntity known = done.get(parent);
            if (known != null) {
                ancestors.addAll(known.ancestors());
            }
        }
        done.put(entity.uid(), new StoredEntity(entity, Set.copyOf(ancestors)));
    }
}
