package io.apiguard;

import io.apiguard.internal.settings.Checks;
import io.apiguard.internal.settings.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the sections {@code jwt} and {@code issuers} say together. */
final class Issuers {

    private Issuers() {}

    /** Returns every issuer that settings name, that of {@code jwt} first. */
    static List<JwtSettings> of(GuardSettings settings) {
        List<JwtSettings> all = new ArrayList<>();
        if (settings.jwt().inUse()) {
            all.add(settings.jwt());
        }
        all.addAll(settings.issuers());
        return all;
    }

    /** Returns the URLs of all issuers that settings name, those of opaque tokens too. */
    static List<String> names(GuardSettings settings) {
        Set<String> names = new LinkedHashSet<>();
        of(settings).forEach(one -> names.add(issuer(one)));
        if (settings.introspection().issuer() != null) {
            names.add(settings.introspection().issuer());
        }
        return List.copyOf(names);
    }

    /** Returns the setting that names an issuer. */
    static String key(GuardSettings settings, JwtSettings one) {
        int index = settings.issuers().indexOf(one);
        return index < 0 ? "jwt" : "issuers[" + index + "]";
    }

    static String issuer(JwtSettings one) {
        return Objects.requireNonNull(one.issuer());
    }

    static void check(JwtSettings jwt, List<JwtSettings> issuers) {
        Set<String> seen = new HashSet<>();
        if (jwt.issuer() != null) {
            seen.add(jwt.issuer());
        }
        for (int i = 0; i < issuers.size(); i++) {
            checkOne("issuers[" + i + "].", issuers.get(i), seen);
        }
        boolean several = seen.size() > 1;
        checkUnencrypted("jwt.", jwt, several);
        for (int i = 0; i < issuers.size(); i++) {
            checkUnencrypted("issuers[" + i + "].", issuers.get(i), several);
        }
    }

    private static void checkOne(String key, JwtSettings one, Set<String> seen) {
        Checks.that(
                one.issuer() != null, key + "issuer", "is missing", "Set it to the issuer's URL, as tokens carry it");
        Checks.that(
                seen.add(issuer(one)),
                key + "issuer",
                "is " + Texts.quote(issuer(one)) + ", which jwt.issuer or another of issuers is already",
                "Name every issuer once, with all audiences");
    }

    /** Who issued an encrypted token is only known once it is decrypted. */
    private static void checkUnencrypted(String key, JwtSettings one, boolean several) {
        Checks.that(
                one.decryptionKeys() == null || !several,
                key + "decryption-keys",
                "is set while there are several issuers, whose encrypted tokens cannot be told apart",
                "Remove it, or keep one issuer");
    }
}
