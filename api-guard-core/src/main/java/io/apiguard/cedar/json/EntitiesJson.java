package io.apiguard.cedar.json;

import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads entities and contexts from JSON, without a schema. Thread-safe. */
public final class EntitiesJson {

    private static final Set<String> MEMBERS = Set.of("uid", "attrs", "parents", "tags");

    private EntitiesJson() {}

    /**
     * Reads a list of entities.
     *
     * @param json an array of objects {@code {uid, attrs, parents, tags}}, the last of which may be left out
     * @return them in order, duplicates included
     * @throws CedarException if it is none; the message says where
     */
    public static List<Entity> entities(String json) {
        return entities(JsonTree.read(json), JsonPlace.ROOT);
    }

    /**
     * Reads a list of entities.
     *
     * @param tree a tree of {@link JsonTree}
     * @param place where it stands
     * @throws CedarException if it is none; the message says where
     */
    public static List<Entity> entities(Object tree, JsonPlace place) {
        List<Entity> entities = new ArrayList<>();
        for (Object entity : place.array(tree, "an array of entities")) {
            entities.add(entity(
                    entity,
                    place.element(entities.size()),
                    (uid, object, where) -> ValueReader.record(object, where),
                    (uid, object, where) -> ValueReader.record(object, where)));
        }
        return entities;
    }

    /** Reads the attributes or the tags of an entity. */
    interface RecordReader {

        RecordValue read(EntityUid uid, Map<String, Object> object, JsonPlace place);
    }

    static Entity entity(Object tree, JsonPlace place, RecordReader attributes, RecordReader tags) {
        Map<String, Object> object = place.object(tree, "an entity as an object");
        place.checkNames(object, MEMBERS);
        EntityUid uid = ValueReader.uid(place.demanded(object, "uid"), place.member("uid"));
        return new Entity(
                uid,
                record(uid, place.demanded(object, "attrs"), place.member("attrs"), attributes),
                object.containsKey("tags")
                        ? record(uid, place.demanded(object, "tags"), place.member("tags"), tags)
                        : RecordValue.EMPTY,
                parents(place.demanded(object, "parents"), place.member("parents")));
    }

    private static RecordValue record(EntityUid uid, Object tree, JsonPlace place, RecordReader reader) {
        return reader.read(uid, place.object(tree, "an object"), place);
    }

    private static Set<EntityUid> parents(Object tree, JsonPlace place) {
        Set<EntityUid> parents = new LinkedHashSet<>();
        int index = 0;
        for (Object parent : place.array(tree, "an array of entities")) {
            parents.add(ValueReader.uid(parent, place.element(index++)));
        }
        return parents;
    }

    /**
     * Reads a context.
     *
     * @param json an object
     * @throws CedarException if it is none; the message says where
     */
    public static RecordValue context(String json) {
        return ValueReader.record(JsonPlace.ROOT.object(JsonTree.read(json), "an object"), JsonPlace.ROOT);
    }
}
