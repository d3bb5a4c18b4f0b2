package io.apiguard.cedar.format;

import io.apiguard.cedar.parser.SourceToken;
import java.util.List;

/** Chooses line breaks: a group stands on one line if it and what cannot be parted from it fit. Not thread-safe. */
final class Layout {

    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private int lineStart;
    private boolean space;
    private int lineEnds;
    private int indent;

    Layout(int width) {
        this.width = width;
    }

    /** Appends what stands on lines of its own, an empty line before it. */
    void paragraph(List<Doc> parts) {
        lineEnds = 2;
        indent = 0;
        all(parts, 0, false, 0);
    }

    /** Returns the text, with the end of its last line. */
    String text() {
        return out.isEmpty() ? "" : out + "\n";
    }

    private void all(List<Doc> parts, int depth, boolean flat, int tail) {
        int[] leads = flat ? new int[parts.size()] : Doc.leads(parts, tail);
        for (int i = 0; i < parts.size(); i++) {
            append(parts.get(i), depth, flat, leads[i]);
        }
    }

    private void append(Doc doc, int depth, boolean flat, int tail) {
        if (doc instanceof Doc.Word word) {
            word(word.token(), depth);
        } else if (doc instanceof Doc.Space) {
            space = true;
        } else if (doc instanceof Doc.Break place) {
            lineOrSpace(place, depth, flat);
        } else if (doc instanceof Doc.Block block) {
            block(block, depth, flat, tail);
        }
    }

    private void lineOrSpace(Doc.Break place, int depth, boolean flat) {
        if (flat) {
            space |= place.space();
        } else {
            lineEnds = Math.max(lineEnds, 1);
            indent = depth;
        }
    }

    private void block(Doc.Block block, int depth, boolean flat, int tail) {
        switch (block.kind()) {
            case PLAIN -> all(block.parts(), depth, flat, tail);
            case NESTED -> all(block.parts(), depth + STEP, flat, tail);
            case GROUP -> all(block.parts(), depth, flat || column() + block.width() + tail <= width, tail);
        }
    }

    /** Returns where the next word would begin. */
    private int column() {
        return lineEnds > 0 ? indent : out.codePointCount(lineStart, out.length()) + (space ? 1 : 0);
    }

    private void word(SourceToken token, int depth) {
        for (SourceToken.Comment comment : token.before()) {
            beginLine(depth, comment.apart());
            put(comment.text());
        }
        if (!token.before().isEmpty()) {
            beginLine(depth, token.apart());
        }
        put(token.text());
        String after = token.after();
        if (after != null) {
            space = true;
            put(after);
            beginLine(depth, false);
        }
    }

    private void beginLine(int depth, boolean apart) {
        if (lineEnds == 0) {
            indent = depth;
        }
        lineEnds = Math.max(lineEnds, apart ? 2 : 1);
    }

    private void put(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (lineEnds > 0 && !out.isEmpty()) {
            out.append("\n".repeat(lineEnds)).append(" ".repeat(indent));
            lineStart = out.length() - indent;
        } else if (space && !out.isEmpty()) {
            out.append(' ');
        }
        lineEnds = 0;
        space = false;
        out.append(text);
        int lastLine = text.lastIndexOf('\n');
        lineStart = lastLine < 0 ? lineStart : out.length() - text.length() + lastLine + 1;
    }
}
