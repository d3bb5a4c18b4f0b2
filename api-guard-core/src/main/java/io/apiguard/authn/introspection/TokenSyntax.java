package io.apiguard.authn.introspection;

import io.apiguard.authn.introspection.IntrospectionResult.Invalid;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import org.jspecify.annotations.Nullable;

/** Keeps from the issuer what cannot be a token: {@code b64token} (RFC 6750 section 2.1) of a bounded length. */
final class TokenSyntax {

    private TokenSyntax() {}

    static @Nullable Invalid fault(String token, int maximumLength) {
        if (token.length() > maximumLength) {
            return new Invalid(Reason.TOO_LARGE, "is longer than " + maximumLength + " characters");
        }
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!isPart(token.charAt(i))) {
                return new Invalid(Reason.MALFORMED, "has a character that no bearer token has");
            }
        }
        return end > 0 ? null : new Invalid(Reason.MALFORMED, "is empty");
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
    }
}
