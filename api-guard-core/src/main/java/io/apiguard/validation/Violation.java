package io.apiguard.validation;

import java.util.Objects;

/**
 * What is wrong with a body, in words that may be shown to the caller: it holds nothing of the body's content.
 *
 * @param code which rule was broken
 * @param offset the byte of the body where that was noticed, from 0
 * @param message what the caller can act on: the rule or limit, and the place
 */
public record Violation(Code code, int offset, String message) {

    /** The rules of {@link JsonValidator}. */
    public enum Code {
        /** Not JSON by RFC 8259, or cut off. */
        MALFORMED("malformed"),
        /** Not UTF-8, a byte order mark, or half of an escaped surrogate pair (RFC 8259 section 8). */
        ENCODING("encoding"),
        /** Nested deeper than {@link JsonLimits#maxDepth}. */
        DEPTH("depth"),
        /** A string longer than {@link JsonLimits#maxStringLength}. */
        STRING_LENGTH("string-length"),
        /** A number longer than {@link JsonLimits#maxNumberLength}. */
        NUMBER_LENGTH("number-length"),
        /** A member name longer than {@link JsonLimits#maxNameLength}. */
        NAME_LENGTH("name-length"),
        /** An object with more members than {@link JsonLimits#maxMembers}. */
        MEMBERS("members"),
        /** An array with more elements than {@link JsonLimits#maxElements}. */
        ELEMENTS("elements"),
        /** More values and names than {@link JsonLimits#maxTokens}. */
        TOKENS("tokens"),
        /** An object that names a member twice, be it in different spellings (RFC 8259 section 4). */
        DUPLICATE_NAME("duplicate-name");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        /** {@return the stable name for logs, metrics and problem documents: lower case words joined by hyphens} */
        public String text() {
            return text;
        }
    }

    /** Checks that all parts are there. */
    public Violation {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
