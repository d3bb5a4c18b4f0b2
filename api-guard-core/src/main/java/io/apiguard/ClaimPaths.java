package io.apiguard;

import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.internal.settings.SettingsException;
import io.apiguard.internal.settings.Texts;

/** Reads where claims stand as the verifiers will. */
final class ClaimPaths {

    private ClaimPaths() {}

    static void check(String key, String path) {
        try {
            ClaimPath.parse(path);
        } catch (IllegalArgumentException e) {
            throw SettingsException.of(
                    key,
                    "has " + Texts.quote(path) + ", which leads to no claim",
                    "Write realm_access.roles, or /resource_access/my.client/roles if a name has dots");
        }
    }
}
