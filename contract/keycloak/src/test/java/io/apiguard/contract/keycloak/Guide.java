package io.apiguard.contract.keycloak;

import io.apiguard.GuardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of docs/guides/keycloak.md that are marked with {@code <!-- snippet: name -->}. */
final class Guide {

    private static final String ADDRESS = "https://id.example.com";

    private final String text;

    private Guide(String text) {
        this.text = text;
    }

    static Guide load() throws IOException {
        return new Guide(Files.readString(Path.of("../../docs/guides/keycloak.md")));
    }

    /** Returns the one block of a name. */
    String snippet(String name) {
        Pattern block = Pattern.compile(
                "<!-- snippet: " + Pattern.quote(name) + " -->\\s*```[a-z]*\\n(.*?)\\n```", Pattern.DOTALL);
        Matcher found = block.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("docs/guides/keycloak.md has no snippet '" + name + "'");
        }
        return found.group(1);
    }

    /** Loads the settings of the guide as they stand there. */
    GuardSettings settings(Path directory, String snippet, String fileName) throws IOException {
        return GuardSettings.load(Files.writeString(directory.resolve(fileName), snippet(snippet)));
    }

    /** Loads the settings of the guide for a Keycloak on this machine, which has no TLS. */
    GuardSettings settings(Path directory, KeycloakServer keycloak) throws IOException {
        String yaml = snippet("yaml")
                .replaceFirst(
                        "( +)(issuer: )" + Pattern.quote(ADDRESS) + "(.*)",
                        "$1$2" + keycloak.address() + "$3\n$1allow-loopback-http: true");
        return GuardSettings.load(Files.writeString(directory.resolve("api-guard.yaml"), yaml));
    }
}
