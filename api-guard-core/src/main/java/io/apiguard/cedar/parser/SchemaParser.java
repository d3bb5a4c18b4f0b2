package io.apiguard.cedar.parser;

import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.schema.SchemaSource;
import io.apiguard.cedar.schema.SchemaSource.ActionDeclaration;
import io.apiguard.cedar.schema.SchemaSource.ActionReference;
import io.apiguard.cedar.schema.SchemaSource.AppliesTo;
import io.apiguard.cedar.schema.SchemaSource.EntityDeclaration;
import io.apiguard.cedar.schema.SchemaSource.Namespace;
import io.apiguard.cedar.schema.SchemaSource.TypeDeclaration;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads schemas in the notation of the language (Cedar Policy Language Reference, "Schema: Cedar format").
 *
 * <p>Text that is none ends in a {@link CedarException}; nothing else is thrown.
 */
public final class SchemaParser {

    private final Tokens tokens;
    private final TypeParser types;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();

    private SchemaParser(String text) {
        this.tokens = new Tokens(text);
        this.types = new TypeParser(tokens);
    }

    /**
     * Reads a schema.
     *
     * @param text any text; one without declarations is the schema that declares nothing
     * @throws CedarException if it is no schema, or declares something twice
     */
    public static SchemaSource parse(String text) {
        SchemaParser parser = new SchemaParser(text);
        while (!parser.tokens.atEnd()) {
            parser.namespaceOrDeclaration();
        }
        return new SchemaSource(parser.namespaces);
    }

    private void namespaceOrDeclaration() {
        Map<String, String> annotations = tokens.annotations();
        if (!tokens.atWord("namespace")) {
            declaration("", annotations);
            return;
        }
        Token start = tokens.take();
        String name = tokens.typeName("the name of the namespace").name();
        if (namespaces.containsKey(name)) {
            throw tokens.error(start, "the namespace '" + name + "' stands here twice");
        }
        namespace(name).annotations().putAll(annotations);
        tokens.expect("{");
        while (!tokens.takeIf("}")) {
            declaration(name, tokens.annotations());
        }
    }

    private Namespace namespace(String name) {
        return namespaces.computeIfAbsent(
                name,
                key -> new Namespace(
                        new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    private void declaration(String namespace, Map<String, String> annotations) {
        Token start = tokens.peek();
        try {
            if (tokens.takeWordIf("entity")) {
                entities(namespace, annotations);
            } else if (tokens.takeWordIf("action")) {
                actions(namespace, annotations);
            } else if (tokens.takeWordIf("type")) {
                commonType(namespace, annotations);
            } else {
                throw tokens.expected("'entity', 'action', 'type' or 'namespace'");
            }
        } catch (CedarException e) {
            throw tokens.placed(start, e);
        }
    }

    private void entities(String namespace, Map<String, String> annotations) {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.identifier("the name of an entity type"));
        } while (tokens.takeIf(","));
        EntityDeclaration declared = tokens.takeWordIf("enum") ? enumerated(annotations) : open(annotations);
        tokens.expect(";");
        names.forEach(
                name -> SchemaSource.put(namespace(namespace).entities(), namespace, "entity type", name, declared));
    }

    private EntityDeclaration enumerated(Map<String, String> annotations) {
        tokens.expect("[");
        Set<String> ids = new LinkedHashSet<>();
        do {
            ids.add(tokens.string("an id, as a string"));
        } while (tokens.takeIf(","));
        tokens.expect("]");
        return new EntityDeclaration(annotations, List.of(), TypeSource.EMPTY, null, List.copyOf(ids));
    }

    private EntityDeclaration open(Map<String, String> annotations) {
        List<String> memberOf = tokens.takeWordIf("in") ? types.names() : List.of();
        TypeSource shape = TypeSource.EMPTY;
        if (tokens.takeIf("=") || tokens.at("{")) {
            shape = types.record();
        }
        TypeSource tags = tokens.takeWordIf("tags") ? types.type() : null;
        return new EntityDeclaration(annotations, memberOf, shape, tags, null);
    }

    private void actions(String namespace, Map<String, String> annotations) {
        List<String> ids = new ArrayList<>();
        do {
            ids.add(types.name("the name of an action"));
        } while (tokens.takeIf(","));
        List<ActionReference> memberOf = tokens.takeWordIf("in") ? references() : List.of();
        AppliesTo applies = tokens.takeWordIf("appliesTo") ? appliesTo() : null;
        noAttributes();
        tokens.expect(";");
        ActionDeclaration declared = new ActionDeclaration(annotations, memberOf, applies);
        ids.forEach(id -> SchemaSource.put(namespace(namespace).actions(), namespace, "action", id, declared));
    }

    /** Actions had attributes once; none can still be written. */
    private void noAttributes() {
        if (tokens.takeWordIf("attributes")) {
            tokens.expect("{");
            tokens.expect("}");
        }
    }

    private List<ActionReference> references() {
        if (!tokens.takeIf("[")) {
            return List.of(reference());
        }
        List<ActionReference> all = new ArrayList<>();
        do {
            all.add(reference());
        } while (tokens.takeIf(","));
        tokens.expect("]");
        return all;
    }

    private ActionReference reference() {
        if (tokens.peek().kind() == Kind.STRING) {
            return new ActionReference(null, tokens.string("the name of an action"));
        }
        StringBuilder path = new StringBuilder(types.name("the name of an action"));
        if (!tokens.at("::")) {
            return new ActionReference(null, path.toString());
        }
        while (tokens.takeIf("::")) {
            if (tokens.peek().kind() == Kind.STRING) {
                return new ActionReference(path.toString(), tokens.string("the id of an action"));
            }
            path.append("::").append(tokens.identifier("an identifier or a string after '::'"));
        }
        throw tokens.expected("'::' and the id of an action, as a string");
    }

    private AppliesTo appliesTo() {
        Token start = tokens.peek();
        tokens.expect("{");
        @Nullable List<String> principals = null;
        @Nullable List<String> resources = null;
        @Nullable TypeSource context = null;
        while (!tokens.at("}")) {
            Token key = tokens.peek();
            String name = tokens.anyIdentifier("'principal', 'resource' or 'context'");
            tokens.expect(":");
            boolean twice =
                    switch (name) {
                        case "principal" -> principals != null;
                        case "resource" -> resources != null;
                        case "context" -> context != null;
                        default -> throw tokens.error(key, "expected 'principal', 'resource' or 'context'");
                    };
            if (twice) {
                throw tokens.error(key, "'" + name + "' stands here twice");
            }
            if (name.equals("principal")) {
                principals = applicable(key);
            } else if (name.equals("resource")) {
                resources = applicable(key);
            } else {
                context = types.type();
            }
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect("}");
        if (principals == null || resources == null) {
            throw tokens.error(start, "an action applies to principals and resources; one of the two is missing");
        }
        return new AppliesTo(principals, resources, context == null ? TypeSource.EMPTY : context);
    }

    /** In JSON the list may be empty; an action that applies to nothing has no {@code appliesTo} here. */
    private List<String> applicable(Token key) {
        List<String> names = types.names();
        if (names.isEmpty()) {
            throw tokens.error(
                    key, "'" + key.text() + "' needs one type at least; leave out 'appliesTo' if there is none");
        }
        return names;
    }

    private void commonType(String namespace, Map<String, String> annotations) {
        Token start = tokens.peek();
        String name = tokens.identifier("the name of a type");
        if (Names.isTypeOfLanguage(name)) {
            throw tokens.error(start, "'" + name + "' is a type of the language");
        }
        tokens.expect("=");
        TypeDeclaration declared = new TypeDeclaration(annotations, types.type());
        tokens.expect(";");
        SchemaSource.put(namespace(namespace).types(), namespace, "common type", name, declared);
    }
}
