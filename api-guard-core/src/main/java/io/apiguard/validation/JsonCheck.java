package io.apiguard.validation;

import io.apiguard.internal.json.JsonFault;
import io.apiguard.internal.json.JsonHandler;
import io.apiguard.internal.json.JsonScanner;
import io.apiguard.validation.Violation.Code;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One run of {@link JsonValidator} over one body. */
final class JsonCheck implements JsonHandler {

    /** How many steps of a path a message shows. */
    private static final int MAX_STEPS = 16;

    private final JsonLimits limits;
    private final NameTable names;
    private final JsonScanner scanner;

    private @Nullable Violation violation;
    private int tokens;
    private long scalarStart;

    // By level of nesting: how many members or elements so far, and the object's mark in the name table, or -1 for an
    // array.
    private int[] counts = new int[8];
    private int[] marks = new int[8];
    private int depth;

    JsonCheck(JsonLimits limits, NameTable names) {
        this.limits = limits;
        this.names = names;
        this.scanner = new JsonScanner(this, limits.maxDepth(), limits.maxNameLength());
    }

    @Nullable Violation run(byte[] body, int off, int len) {
        if (scanner.feed(body, off, len)) {
            scanner.finish();
        }
        JsonFault fault = scanner.fault();
        if (fault != null && fault != JsonFault.STOPPED) {
            refuse(fault, scanner.offset());
        }
        return violation;
    }

    @Override
    public boolean start(Kind kind, long offset) {
        if (!token(offset) || !element(offset)) {
            return false;
        }
        scalarStart = offset;
        if (kind == Kind.OBJECT || kind == Kind.ARRAY) {
            open(kind);
        }
        return true;
    }

    @Override
    public boolean end(Kind kind, long offset) {
        return switch (kind) {
            case OBJECT -> {
                names.end(marks[--depth]);
                yield true;
            }
            case ARRAY -> {
                depth--;
                yield true;
            }
            case STRING ->
                offset - scalarStart - 2 <= limits.maxStringLength()
                        || refuse(
                                Code.STRING_LENGTH,
                                scalarStart,
                                "a string is longer than",
                                limits.maxStringLength(),
                                "bytes");
            case NUMBER ->
                offset - scalarStart <= limits.maxNumberLength()
                        || refuse(
                                Code.NUMBER_LENGTH,
                                scalarStart,
                                "a number is longer than",
                                limits.maxNumberLength(),
                                "bytes");
            case LITERAL -> true;
        };
    }

    @Override
    public boolean name(long start, long end, byte[] utf8, int from, int to) {
        if (!token(start)) {
            return false;
        }
        int level = depth - 1;
        if (++counts[level] > limits.maxMembers()) {
            return refuse(Code.MEMBERS, start, "an object has more than", limits.maxMembers(), "members");
        }
        return names.add(marks[level], utf8, from, to)
                || refuse(Code.DUPLICATE_NAME, start, "an object names the same member twice");
    }

    @Override
    public boolean comma(long offset) {
        return true;
    }

    private boolean token(long offset) {
        return ++tokens <= limits.maxTokens()
                || refuse(Code.TOKENS, offset, "the body has more than", limits.maxTokens(), "values and names");
    }

    private boolean element(long offset) {
        if (depth == 0 || marks[depth - 1] >= 0) {
            return true;
        }
        return ++counts[depth - 1] <= limits.maxElements()
                || refuse(Code.ELEMENTS, offset, "an array has more than", limits.maxElements(), "elements");
    }

    private void open(Kind kind) {
        if (depth == counts.length) {
            counts = Arrays.copyOf(counts, depth * 2);
            marks = Arrays.copyOf(marks, depth * 2);
        }
        counts[depth] = 0;
        marks[depth++] = kind == Kind.OBJECT ? names.mark() : -1;
    }

    private void refuse(JsonFault fault, long offset) {
        switch (fault) {
            case DEPTH -> refuse(Code.DEPTH, offset, "the body nests deeper than", limits.maxDepth(), "levels");
            case NAME_LENGTH ->
                refuse(Code.NAME_LENGTH, offset, "a member name is longer than", limits.maxNameLength(), "bytes");
            case ENCODING -> refuse(Code.ENCODING, offset, "the body is not UTF-8 without a byte order mark");
            default -> refuse(Code.MALFORMED, offset, "the body is not well-formed JSON");
        }
    }

    private boolean refuse(Code code, long offset, String what, int limit, String unit) {
        return refuse(code, offset, what + " " + limit + " " + unit);
    }

    private boolean refuse(Code code, long offset, String what) {
        violation = new Violation(code, (int) offset, what + ", at byte " + offset + " (" + path() + ")");
        return false;
    }

    /** The place as a JSON pointer that gives away no name: {@code /*} stands for a member, a number for an element. */
    private String path() {
        StringBuilder path = new StringBuilder("depth ").append(depth);
        for (int level = 0; level < Math.min(depth, MAX_STEPS); level++) {
            path.append(level == 0 ? " in /" : "/")
                    .append(marks[level] >= 0 ? "*" : String.valueOf(Math.max(0, counts[level] - 1)));
        }
        return depth > MAX_STEPS ? path.append("/...").toString() : path.toString();
    }
}
