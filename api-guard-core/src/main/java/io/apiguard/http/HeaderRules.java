package io.apiguard.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every header section must be like, whatever the settings: no characters or repetitions that two readers take
 * differently.
 */
final class HeaderRules {

    /** Fields whose value is no list: a second line means that two readers see two different requests. */
    private static final List<String> SINGLE = List.of("Host", "Authorization", "Origin", "X-HTTP-Method-Override");

    /** What Connection may name; anything else would let a client strip a field on its way through a proxy. */
    private static final Set<String> CONNECTION_OPTIONS =
            Set.of("close", "keep-alive", "upgrade", "te", "trailer", "http2-settings");

    private static final Violation CHARACTERS =
            violation("header-invalid-character", "Use visible ASCII, space and tab in header fields only.");
    private static final Violation REPEATED =
            violation("header-repeated", "Send each header field that is no list once.");
    private static final Violation CONNECTION =
            violation("header-connection-option", "Name no other field in the Connection field.");

    private HeaderRules() {}

    private static Violation violation(String code, String detail) {
        return new Violation(400, code, detail);
    }

    static boolean isWellFormed(String name, String value) {
        return Syntax.isToken(name) && Syntax.isFieldValue(value);
    }

    static Violation invalidCharacter() {
        return CHARACTERS;
    }

    static Optional<Violation> check(ApiRequest request) {
        for (String name : SINGLE) {
            if (request.headers(name).size() > 1) {
                return Optional.of(REPEATED);
            }
        }
        List<String> connection = request.headers("Connection");
        if (connection.isEmpty()) {
            return Optional.empty();
        }
        for (String option : Syntax.listMembers(connection)) {
            if (!option.isEmpty() && !CONNECTION_OPTIONS.contains(Syntax.lower(option))) {
                return Optional.of(CONNECTION);
            }
        }
        return Optional.empty();
    }
}
