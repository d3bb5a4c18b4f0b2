package io.apiguard;

import java.util.Locale;

/** The checks a request passes, in their order, which is part of the contract: cheap before dear. */
public enum Stage {
    /** TLS, host, method, path, cross-origin rules, client address. */
    TRANSPORT,
    /** Lengths of URL, header fields and body; content type and charset. */
    SIZE,
    /** The limit by client address, before any cryptography is paid for. */
    PRE_LIMIT,
    /** Verification of what the caller presented. */
    AUTHENTICATE,
    /** The limits by identity, tenant or API key. */
    LIMIT,
    /** Access, scopes, roles, object-level checks. */
    AUTHORIZE,
    /** The structure of the body. */
    VALIDATE,
    /** The handler itself, and what it answered. */
    HANDLE,
    /** Masking of fields in the response. */
    REDACT;

    /** {@return the name in audit events: lower case, words joined by hyphens} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
