package io.apiguard.cedar.json;

import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.entity.EntityStore.StoredEntity;
import io.apiguard.cedar.schema.CedarType;
import io.apiguard.cedar.schema.Conformance;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.Schema.ActionDefinition;
import io.apiguard.cedar.schema.Schema.EntityDefinition;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads entities and contexts from JSON by a schema: escapes can be left out, everything is checked, and the actions of the schema are added.
 *
 * <p>Immutable and thread-safe.
 */
public final class SchemaGuidedJson {

    private final Schema schema;
    private final Conformance conformance;
    private final Map<EntityUid, StoredEntity> actions = new HashMap<>();

    /**
     * Makes a reader.
     *
     * @param schema what there is
     */
    public SchemaGuidedJson(Schema schema) {
        this.schema = schema;
        this.conformance = new Conformance(schema);
        schema.actions().forEach((uid, action) -> {
            Entity entity = new Entity(uid, RecordValue.EMPTY, RecordValue.EMPTY, action.parents());
            actions.put(uid, new StoredEntity(entity, action.ancestors()));
        });
    }

    /**
     * Reads a list of entities.
     *
     * @param json an array of objects {@code {uid, attrs, parents, tags}}
     * @return them and the actions of the schema
     * @throws CedarException if it is none, or not as the schema demands
     */
    public Entities entities(String json) {
        return entities(JsonTree.read(json), JsonPlace.ROOT);
    }

    /**
     * Reads a list of entities.
     *
     * @param tree a tree of {@link JsonTree}
     * @param place where it stands
     * @return them and the actions of the schema
     * @throws CedarException if it is none, or not as the schema demands
     */
    public Entities entities(Object tree, JsonPlace place) {
        List<Entity> all = new ArrayList<>();
        for (Object entity : place.array(tree, "an array of entities")) {
            all.add(EntitiesJson.entity(entity, place.element(all.size()), this::attributes, this::tags));
        }
        Map<EntityUid, StoredEntity> others = new HashMap<>(actions);
        all.forEach(entity -> others.remove(entity.uid()));
        Entities entities = Entities.of(all, others);
        for (Entity entity : all) {
            StoredEntity stored = Objects.requireNonNull(entities.find(entity.uid()));
            conformance.checkEntity(entity.uid(), entity.attributes(), entity.tags(), stored.ancestors());
        }
        return entities;
    }

    private EntityDefinition definition(EntityUid uid, JsonPlace place) {
        EntityDefinition definition = schema.entityTypes().get(uid.type());
        if (definition == null) {
            throw place.error("the type of " + uid + " is not declared");
        }
        return definition;
    }

    private RecordValue attributes(EntityUid uid, Map<String, Object> object, JsonPlace place) {
        return schema.actions().containsKey(uid)
                ? ValueReader.record(object, place)
                : TypedReader.record(object, definition(uid, place).attributes(), place);
    }

    private RecordValue tags(EntityUid uid, Map<String, Object> object, JsonPlace place) {
        if (schema.actions().containsKey(uid)) {
            return ValueReader.record(object, place);
        }
        CedarType type = definition(uid, place).tags();
        Map<String, Value> tags = new LinkedHashMap<>();
        object.forEach((name, tag) -> tags.put(
                name,
                type == null
                        ? ValueReader.value(tag, place.member(name))
                        : TypedReader.value(tag, type, place.member(name))));
        return RecordValue.of(tags);
    }

    /**
     * Reads the context of a request.
     *
     * @param json an object
     * @param action the action of the request, which says what type its context is of
     * @throws CedarException if it is none, or the action is not declared
     */
    public RecordValue context(String json, EntityUid action) {
        return context(JsonTree.read(json), action, JsonPlace.ROOT);
    }

    /**
     * Reads the context of a request.
     *
     * @param tree a tree of {@link JsonTree}
     * @param action the action of the request, which says what type its context is of
     * @param place where it stands
     * @throws CedarException if it is none, or the action is not declared
     */
    public RecordValue context(Object tree, EntityUid action, JsonPlace place) {
        ActionDefinition definition = schema.actions().get(action);
        if (definition == null) {
            throw place.error("the action " + action + " is not declared");
        }
        RecordValue context = TypedReader.record(place.object(tree, "an object"), definition.context(), place);
        conformance.check(context, definition.context(), "the context");
        return context;
    }
}
