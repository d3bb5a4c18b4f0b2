package io.apiguard.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads secrets from environment variables; {@link SecretSources#environment(Map)} documents the form. */
final class EnvironmentSecrets {

    private static final Pattern NAME = Pattern.compile("[A-Z0-9]+(?:_[A-Z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("([A-Za-z0-9._-]{1,64})=(.*)");

    private EnvironmentSecrets() {}

    static List<Secret> read(Map<String, String> variables) {
        List<Secret> secrets = new ArrayList<>();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (variable.startsWith(SecretSources.ENVIRONMENT_PREFIX)) {
                secrets.addAll(versions(variable, name(variable), value.split(",", -1)));
            }
        });
        return secrets;
    }

    private static String name(String variable) {
        String name = variable.substring(SecretSources.ENVIRONMENT_PREFIX.length());
        if (!NAME.matcher(name).matches()) {
            throw refusal(
                    variable,
                    "is not a secret's name in upper case; write for example " + SecretSources.ENVIRONMENT_PREFIX
                            + "API_KEYS for the secret 'api-keys'");
        }
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Secret> versions(String variable, String name, String[] entries) {
        List<Secret> versions = new ArrayList<>();
        for (String entry : entries) {
            versions.add(version(variable, name, entry, entries.length == 1));
        }
        return versions;
    }

    private static Secret version(String variable, String name, String entry, boolean alone) {
        Matcher version = VERSION.matcher(entry);
        boolean named = version.matches();
        if (!named && !alone) {
            throw refusal(variable, "holds several versions, so each needs its key id: write v2=base64:…,v1=base64:…");
        }
        byte[] bytes = SecretText.decode(named ? version.group(2) : entry);
        if (bytes == null) {
            throw refusal(variable, "cannot be read; it must be " + SecretText.FORMS);
        }
        if (bytes.length < Secret.MINIMUM_BYTES) {
            throw refusal(variable, "has a secret of " + bytes.length + " bytes; use at least " + Secret.MINIMUM_BYTES);
        }
        return new Secret(name, named ? version.group(1) : "1", bytes);
    }

    private static IllegalArgumentException refusal(String variable, String what) {
        return new IllegalArgumentException("environment variable " + variable + " " + what);
    }
}
