package io.apiguard.cedar.parser;

import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.schema.SchemaSource.AttributeSource;
import io.apiguard.cedar.schema.SchemaSource.NameKind;
import io.apiguard.cedar.schema.SchemaSource.TypeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the types of a schema, and what stands around them: names, lists of names, annotations. */
final class TypeParser {

    private final Tokens tokens;
    private int depth;

    TypeParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads an identifier or a string; words of the language need quotes, but for the namespace of the language. */
    String name(String what) {
        if (tokens.peek().kind() == Kind.STRING) {
            return tokens.string(what);
        }
        return tokens.atWord("__cedar") ? tokens.anyIdentifier(what) : tokens.identifier(what);
    }

    /** Reads one name of a type, or a list of them. */
    List<String> names() {
        if (!tokens.takeIf("[")) {
            return List.of(path());
        }
        List<String> names = new ArrayList<>();
        if (tokens.takeIf("]")) {
            return names;
        }
        do {
            names.add(path());
        } while (tokens.takeIf(","));
        tokens.expect("]");
        return names;
    }

    /** Reads a name that may begin with the namespace of the language itself. */
    private String path() {
        if (tokens.atWord("__cedar")) {
            tokens.take();
            tokens.expect("::");
            return "__cedar::" + tokens.identifier("a type of the language");
        }
        return tokens.typeName("the name of a type").name();
    }

    TypeSource type() {
        if (++depth > CedarParser.MAXIMUM_DEPTH) {
            throw tokens.error(tokens.peek(), "types nest more than " + CedarParser.MAXIMUM_DEPTH + " levels");
        }
        TypeSource type = tokens.at("{") ? record() : setOrName();
        depth--;
        return type;
    }

    private TypeSource setOrName() {
        String name = path();
        if (!name.equals("Set") || !tokens.takeIf("<")) {
            return new TypeSource.Named(name, NameKind.ANY);
        }
        TypeSource element = type();
        tokens.expect(">");
        return new TypeSource.OfSet(element);
    }

    TypeSource record() {
        Map<String, AttributeSource> attributes = new LinkedHashMap<>();
        tokens.expect("{");
        while (!tokens.at("}")) {
            Map<String, String> annotations = tokens.annotations();
            Token key = tokens.peek();
            String name = name("the name of an attribute");
            boolean optional = tokens.takeIf("?");
            tokens.expect(":");
            AttributeSource attribute = new AttributeSource(annotations, type(), !optional);
            if (attributes.put(name, attribute) != null) {
                throw tokens.error(key, "the attribute '" + name + "' stands in the record twice");
            }
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect("}");
        return new TypeSource.OfRecord(attributes);
    }
}
