package io.apiguard.extension.cli;

import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.json.PolicySetJson;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.json.SchemaJson;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import io.apiguard.cedar.value.RecordValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the commands are given; what cannot be read is refused with file, line and column. */
final class CedarFiles {

    private CedarFiles() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InputException("cannot read " + file + ": " + e, e);
        }
    }

    static <T> T read(Path file, Function<String, T> reader) {
        String text = text(file);
        try {
            return reader.apply(text);
        } catch (CedarException e) {
            throw new InputException(message(file, e), e);
        }
    }

    /** Returns a refusal as {@code file:line:column: why}. */
    static String message(Path file, CedarException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Position position = refusal.position().orElse(null);
        String words = position == null ? message : message.substring((position + ": ").length());
        return place(file, position) + ": " + words;
    }

    static String place(Path file, @Nullable Position position) {
        return position == null ? file.toString() : file + ":" + position.line() + ":" + position.column();
    }

    static boolean isJson(Path file) {
        return file.toString().endsWith(".json");
    }

    static PolicySet policies(Path file) {
        return read(file, text -> policies(file, text));
    }

    static PolicySet policies(Path file, String text) {
        return isJson(file) ? PolicySetJson.read(text) : PolicySet.parse(text);
    }

    static Schema schema(Path file) {
        return read(file, text -> Schema.of(isJson(file) ? SchemaJson.read(text) : SchemaParser.parse(text)));
    }

    static Entities entities(Path file, @Nullable Schema schema) {
        return read(
                file,
                text -> schema == null
                        ? Entities.of(EntitiesJson.entities(text))
                        : new SchemaGuidedJson(schema).entities(text));
    }

    static RecordValue context(Path file, @Nullable Schema schema, EntityUid action) {
        return read(
                file,
                text -> schema == null
                        ? EntitiesJson.context(text)
                        : new SchemaGuidedJson(schema).context(text, action));
    }
}
