package io.apiguard.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads secrets from the files of a directory; {@link SecretSources#directory(Path)} documents the layout. */
final class DirectorySecrets {

    private static final int MAXIMUM_FILE_BYTES = 4096;
    private static final String CURRENT = "current";
    private static final Pattern FILE = Pattern.compile("([a-z0-9-]{1,64})\\.([A-Za-z0-9._-]{1,64})");

    private DirectorySecrets() {}

    static List<Secret> read(Path directory) {
        Map<String, Map<String, Secret>> versions = new TreeMap<>();
        Map<String, String> current = new TreeMap<>();
        for (Path file : files(directory)) {
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (!name.matches()) {
                throw refusal(
                        file, "is not named <name>.<keyId>; rename it, or move it out of the directory of secrets");
            }
            if (name.group(2).equals(CURRENT)) {
                current.put(name.group(1), text(file));
            } else {
                versions.computeIfAbsent(name.group(1), n -> new TreeMap<>())
                        .put(name.group(2), secret(file, name.group(1), name.group(2)));
            }
        }
        return inOrder(directory, versions, current);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !Files.isDirectory(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "directory of secrets " + directory
                            + " cannot be read; check that it exists and that this process may list it",
                    e);
        }
    }

    private static List<Secret> inOrder(
            Path directory, Map<String, Map<String, Secret>> versions, Map<String, String> current) {
        List<Secret> secrets = new ArrayList<>();
        for (String name : current.keySet()) {
            if (!versions.containsKey(name)) {
                throw refusal(
                        directory.resolve(name + "." + CURRENT),
                        "names a version, but there is none; add " + name + ".<keyId>");
            }
        }
        versions.forEach((name, named) -> {
            secrets.add(first(directory.resolve(name + "." + CURRENT), named, current.get(name)));
            secrets.addAll(named.values());
        });
        return secrets;
    }

    /** Takes the current version out of the versions of one name. */
    private static Secret first(Path pointer, Map<String, Secret> named, @Nullable String keyId) {
        if (keyId == null && named.size() > 1) {
            throw refusal(
                    pointer, "is missing; create it with the key id of the current version, one of " + named.keySet());
        }
        Collection<Secret> values = named.values();
        Secret secret = named.remove(keyId == null ? values.iterator().next().keyId() : keyId);
        if (secret == null) {
            throw refusal(pointer, "names a version that is not there; write one of " + named.keySet());
        }
        return secret;
    }

    private static Secret secret(Path file, String name, String keyId) {
        byte[] bytes = SecretText.decode(text(file));
        if (bytes == null) {
            throw refusal(file, "cannot be read as a secret; it must hold " + SecretText.FORMS);
        }
        if (bytes.length < Secret.MINIMUM_BYTES) {
            throw refusal(file, "has a secret of " + bytes.length + " bytes; use at least " + Secret.MINIMUM_BYTES);
        }
        return new Secret(name, keyId, bytes);
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAXIMUM_FILE_BYTES + 1);
            if (bytes.length > MAXIMUM_FILE_BYTES) {
                throw refusal(file, "is larger than " + MAXIMUM_FILE_BYTES + " bytes; it should hold one secret");
            }
            return withoutLineEnd(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "secret file " + file + " cannot be read; check that this process may read it", e);
        }
    }

    private static String withoutLineEnd(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static IllegalArgumentException refusal(Path file, String what) {
        return new IllegalArgumentException("secret file " + file + " " + what);
    }
}
