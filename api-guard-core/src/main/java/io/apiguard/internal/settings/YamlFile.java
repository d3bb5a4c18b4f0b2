package io.apiguard.internal.settings;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML from its events, so that no tag makes an object, no alias multiplies what was written, every scalar is the text that stands
 * there, and every key has its line. Aliases, tags, duplicate keys and second documents are refused.
 */
final class YamlFile {

    private static final int DEEPEST = 16;

    private final FlatFile file;
    private final Iterator<Event> events;

    private YamlFile(FlatFile file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    static FlatFile read(String name, String text) {
        FlatFile file = new FlatFile(name);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(SettingsLoader.LONGEST)
                .build();
        try {
            new YamlFile(file, new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw notYaml().at("", file.place(line));
        } catch (YamlEngineException e) {
            throw notYaml().at("", name);
        }
        return file;
    }

    private static SettingsException notYaml() {
        return SettingsException.of("", "The file is not YAML", "Check indentation, quotes and colons");
    }

    private void document() {
        events.next();
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return;
        }
        node("", events.next(), 0);
        events.next();
        if (events.next().getEventId() != Event.ID.StreamEnd) {
            throw refused("", start, "The file has a second document", "Remove the line --- and what follows");
        }
    }

    private void node(String key, Event event, int depth) {
        if (event instanceof AliasEvent) {
            throw refused(key, event, "is an alias", "Write the value out");
        }
        if (depth > DEEPEST) {
            throw refused(key, event, "is nested too deep", "No setting has more than a few levels");
        }
        if (event instanceof ScalarEvent scalar) {
            scalar(key, scalar);
        } else if (event instanceof CollectionStartEvent start) {
            untagged(key, start.getTag().isPresent(), start);
            collection(key, start, depth);
        }
    }

    private void collection(String key, CollectionStartEvent start, int depth) {
        int size = start instanceof SequenceStartEvent ? sequence(key, depth) : mapping(key, depth);
        if (size == 0 && !key.isEmpty() && start instanceof SequenceStartEvent) {
            file.put(key, "", line(start));
        }
        if (key.isEmpty() && start instanceof SequenceStartEvent) {
            throw refused(key, start, "The file is a list", "Write keys and values");
        }
    }

    private int sequence(String key, int depth) {
        int index = 0;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            node(key + "[" + index++ + "]", event, depth + 1);
        }
        return index;
    }

    private int mapping(String key, int depth) {
        Set<String> seen = new HashSet<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String name = name(key, event);
            String full = Keys.join(key, name);
            if (!seen.add(name)) {
                throw refused(full, event, "is set twice", "Remove one of the two");
            }
            node(full, events.next(), depth + 1);
        }
        return seen.size();
    }

    private String name(String key, Event event) {
        if (event instanceof ScalarEvent scalar && !scalar.getValue().isBlank()) {
            untagged(key, scalar.getTag().isPresent(), scalar);
            return scalar.getValue();
        }
        throw refused(key, event, "has a key that is no name", "Write keys as plain words");
    }

    private void scalar(String key, ScalarEvent scalar) {
        untagged(key, scalar.getTag().isPresent(), scalar);
        String value = scalar.getValue();
        if (!key.isEmpty()) {
            file.put(key, scalar.isPlain() && (value.equals("~") || value.equals("null")) ? "" : value, line(scalar));
        } else if (!value.isBlank()) {
            throw refused(key, scalar, "The file is a single text", "Write keys and values");
        }
    }

    private void untagged(String key, boolean tagged, Event event) {
        if (tagged) {
            throw refused(key, event, "has a YAML tag", "Remove the word that starts with an exclamation mark");
        }
    }

    private SettingsException refused(String key, Event event, String problem, String remedy) {
        return SettingsException.of(key, problem, remedy).at(key, file.place(line(event)));
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
