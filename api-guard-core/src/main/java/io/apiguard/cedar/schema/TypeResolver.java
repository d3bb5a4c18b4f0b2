package io.apiguard.cedar.schema;

import io.apiguard.cedar.schema.CedarType.Attribute;
import io.apiguard.cedar.schema.CedarType.EntityOf;
import io.apiguard.cedar.schema.CedarType.RecordOf;
import io.apiguard.cedar.schema.SchemaSource.NameKind;
import io.apiguard.cedar.schema.SchemaSource.Namespace;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the names of types stand for: a common type, an entity type, a type of the language, in this order; first in the own namespace, then
 * without one.
 */
final class TypeResolver {

    /** The type of all actions of a namespace. */
    static final String ACTION = "Action";

    private static final String BUILT_IN = "__cedar::";

    private static final Map<String, CedarType> TYPES = Map.of(
            "Bool", CedarType.Bool.ANY,
            "Long", CedarType.Primitive.LONG,
            "String", CedarType.Primitive.STRING,
            "decimal", CedarType.Extension.DECIMAL,
            "ipaddr", CedarType.Extension.IPADDR,
            "datetime", CedarType.Extension.DATETIME,
            "duration", CedarType.Extension.DURATION);

    private final SchemaSource source;
    private final Map<String, CedarType> resolved = new HashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();
    private final TypeSizes sizes = new TypeSizes();
    private int depth;

    TypeResolver(SchemaSource source) {
        this.source = source;
    }

    static String qualified(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "::" + name;
    }

    /** Resolves all common types, the unused ones too, so that a fault in one is found. */
    void resolveAll() {
        source.namespaces().forEach((name, namespace) -> {
            if (namespace.entities().containsKey(ACTION)) {
                throw new CedarException("'" + qualified(name, ACTION)
                        + "' is the type of actions, which are declared one by one; give the entity type another name");
            }
        });
        source.namespaces()
                .forEach(
                        (name, namespace) -> namespace.types().keySet().forEach(type -> common(qualified(name, type))));
    }

    /** Returns the entity type that a name stands for. */
    EntityType entity(String namespace, String name) {
        for (String candidate : candidates(namespace, name)) {
            if (isEntity(candidate)) {
                return new EntityType(candidate);
            }
        }
        throw new CedarException("the entity type '" + name + "' is not declared" + within(namespace));
    }

    private static String within(String namespace) {
        return namespace.isEmpty() ? "" : ", neither in the namespace '" + namespace + "' nor without one";
    }

    private static List<String> candidates(String namespace, String name) {
        return name.contains("::") || namespace.isEmpty() ? List.of(name) : List.of(qualified(namespace, name), name);
    }

    private boolean isEntity(String name) {
        Namespace namespace = namespace(name);
        return namespace != null && namespace.entities().containsKey(local(name));
    }

    /** Where there are actions, their type is there without being declared; as the type of data only. */
    private boolean isTypeOfActions(String name) {
        Namespace namespace = namespace(name);
        return local(name).equals(ACTION)
                && namespace != null
                && !namespace.actions().isEmpty();
    }

    private boolean isCommon(String name) {
        Namespace namespace = namespace(name);
        return namespace != null && namespace.types().containsKey(local(name));
    }

    private @Nullable Namespace namespace(String name) {
        int colon = name.lastIndexOf("::");
        return source.namespaces().get(colon < 0 ? "" : name.substring(0, colon));
    }

    private static String local(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    CedarType type(String namespace, TypeSource type) {
        sizes.checkHeight(++depth);
        CedarType resolved = unchecked(namespace, type);
        depth--;
        return type instanceof TypeSource.Named ? resolved : sizes.shared(resolved);
    }

    private CedarType unchecked(String namespace, TypeSource type) {
        if (type instanceof TypeSource.OfSet set) {
            return new CedarType.SetOf(type(namespace, set.element()));
        }
        if (type instanceof TypeSource.OfRecord record) {
            Map<String, Attribute> attributes = new HashMap<>();
            record.attributes()
                    .forEach((name, attribute) -> attributes.put(
                            name, new Attribute(type(namespace, attribute.type()), attribute.required())));
            return new RecordOf(attributes);
        }
        return named(namespace, (TypeSource.Named) type);
    }

    private CedarType named(String namespace, TypeSource.Named type) {
        CedarType declared = type.kind() == NameKind.BUILT_IN ? null : declared(namespace, type);
        return declared != null ? declared : builtIn(namespace, type);
    }

    private @Nullable CedarType declared(String namespace, TypeSource.Named type) {
        for (String candidate : candidates(namespace, type.name())) {
            if (type.kind() != NameKind.ENTITY && isCommon(candidate)) {
                return common(candidate);
            }
            if (type.kind() != NameKind.COMMON && (isEntity(candidate) || isTypeOfActions(candidate))) {
                return new EntityOf(new EntityType(candidate));
            }
        }
        return null;
    }

    private static CedarType builtIn(String namespace, TypeSource.Named type) {
        if (type.kind() == NameKind.ENTITY) {
            throw new CedarException("the entity type '" + type.name() + "' is not declared" + within(namespace));
        }
        String name = type.name().startsWith(BUILT_IN) ? type.name().substring(BUILT_IN.length()) : type.name();
        CedarType builtIn = TYPES.get(name);
        if (builtIn == null) {
            throw new CedarException("the type '" + type.name() + "' is not declared" + within(namespace));
        }
        return builtIn;
    }

    private CedarType common(String name) {
        CedarType known = resolved.get(name);
        if (known != null) {
            return known;
        }
        if (!underWay.add(name)) {
            throw new CedarException("common types go in a circle: " + String.join(", ", underWay) + ", " + name);
        }
        Namespace namespace = namespace(name);
        SchemaSource.TypeDeclaration declared =
                namespace == null ? null : namespace.types().get(local(name));
        if (declared == null) {
            throw new CedarException("the common type '" + name + "' is not declared");
        }
        int colon = name.lastIndexOf("::");
        CedarType type = type(colon < 0 ? "" : name.substring(0, colon), declared.type());
        underWay.remove(name);
        resolved.put(name, type);
        return type;
    }
}
