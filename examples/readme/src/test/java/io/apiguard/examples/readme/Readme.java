package io.apiguard.examples.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of README.md that are marked with {@code <!-- snippet: name -->}. */
final class Readme {

    private final String text;

    private Readme(String text) {
        this.text = text;
    }

    static Readme load() throws IOException {
        return new Readme(Files.readString(Path.of("../../README.md")));
    }

    /** Returns the one block of a name. */
    String snippet(String name) {
        Pattern block = Pattern.compile(
                "<!-- snippet: " + Pattern.quote(name) + " -->\\s*```[a-z]*\\n(.*?)\\n```", Pattern.DOTALL);
        Matcher found = block.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("README.md has no snippet '" + name + "'");
        }
        return found.group(1);
    }
}
