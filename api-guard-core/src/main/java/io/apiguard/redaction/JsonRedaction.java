package io.apiguard.redaction;

import io.apiguard.field.FieldPlan;
import io.apiguard.field.FieldPlan.Node;
import io.apiguard.field.FieldPlan.Step;
import io.apiguard.field.FieldRule;
import io.apiguard.field.Mask;
import io.apiguard.identity.Identity;
import io.apiguard.internal.json.JsonHandler;
import io.apiguard.internal.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks a field plan along with a document and copies what is not masked, in spans as long as possible.
 *
 * <p>What lies between a member's comma and the end of its name is on hold until the name is known, for a removed
 * member takes its comma with it. A hold is only a position in the chunk; bytes are set aside when the chunk ends in
 * the middle of one.
 */
final class JsonRedaction implements JsonHandler {

    static final int MAX_DEPTH = 1_000;
    static final int MAX_NAME = 1 << 16;

    /** Room for the longest name with every character escaped, quotes and some white space. */
    static final int MAX_HELD = 8 * MAX_NAME;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] MASKED = "\"***\"".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable Identity viewer;
    private final HeldOutput out;
    private final JsonScanner scanner = new JsonScanner(this, MAX_DEPTH, MAX_NAME);
    private final LastFour lastFour = new LastFour();

    private byte[] chunk = NOTHING;
    private long base;

    /** The index up to which the chunk was copied or dropped. */
    private int done;

    private boolean holding;
    private boolean holdsComma;
    private int holdAt;
    private byte[] held = NOTHING;
    private int heldLength;

    // By level of nesting: what is known of the object or array, the index of its next element or -1 for an object, and
    // whether
    // anything of it was kept.
    private Node[] nodes = new Node[16];
    private int[] indexes = new int[16];
    private boolean[] kept = new boolean[16];
    private int depth;

    private Step next;
    private boolean dropping;
    private @Nullable Mask hidden;
    private int hiddenDepth;
    private boolean keepingLastFour;
    private int lastFourFrom;

    JsonRedaction(FieldPlan plan, @Nullable Identity viewer, HeldOutput out) {
        this.viewer = viewer;
        this.out = out;
        this.next = plan.root();
    }

    /** Takes the next bytes of the document; false if it cannot be redacted. */
    boolean feed(byte[] bytes, int off, int len) {
        chunk = bytes;
        base = scanner.offset() - off;
        done = off;
        holdAt = off;
        lastFourFrom = off;
        boolean good = scanner.feed(bytes, off, len) && endChunk(off + len);
        chunk = NOTHING;
        return good;
    }

    /** Says that the document ends here; false if it is not complete. */
    boolean finish() {
        base = scanner.offset();
        done = 0;
        return scanner.finish();
    }

    boolean isComplete() {
        return scanner.isComplete();
    }

    private boolean endChunk(int end) {
        if (keepingLastFour) {
            lastFour.feed(chunk, lastFourFrom, end);
        } else if (holding) {
            copyTo(holdAt);
            return setAside(end);
        } else if (hidden == null && !dropping) {
            copyTo(end);
        }
        return true;
    }

    private boolean setAside(int end) {
        int more = end - holdAt;
        if (more > MAX_HELD - heldLength) {
            return false;
        }
        if (heldLength + more > held.length) {
            held = Arrays.copyOf(held, Math.max(heldLength + more, Math.max(256, held.length * 2)));
        }
        System.arraycopy(chunk, holdAt, held, heldLength, more);
        heldLength += more;
        return true;
    }

    @Override
    public boolean comma(long offset) {
        if (hidden == null) {
            dropping = false;
            hold(index(offset), true);
        }
        return true;
    }

    @Override
    public boolean name(long start, long end, byte[] utf8, int from, int to) {
        if (hidden != null) {
            return true;
        }
        next = nodes[depth - 1].member(utf8, from, to);
        settle(maskOf(next) == Mask.REMOVE);
        return true;
    }

    @Override
    public boolean start(Kind kind, long offset) {
        boolean container = kind == Kind.OBJECT || kind == Kind.ARRAY;
        if (hidden != null) {
            hiddenDepth += container ? 1 : 0;
            return true;
        }
        Mask mask = maskOfNext(index(offset));
        if (mask != null) {
            hidden = mask;
            hiddenDepth = container ? 1 : 0;
            hide(mask, kind, index(offset));
        } else if (container) {
            open(kind, index(offset));
        }
        return true;
    }

    @Override
    public boolean end(Kind kind, long offset) {
        boolean container = kind == Kind.OBJECT || kind == Kind.ARRAY;
        if (hidden != null) {
            hiddenDepth -= container ? 1 : 0;
            if (hiddenDepth == 0) {
                endHidden(index(offset));
            }
        } else if (container) {
            depth--;
            release(false);
        }
        return true;
    }

    /** The mask of the value that begins now; of an array's element only now it is known. */
    private @Nullable Mask maskOfNext(int at) {
        boolean element = depth > 0 && indexes[depth - 1] >= 0;
        if (element) {
            next = nodes[depth - 1].element(indexes[depth - 1]++);
        }
        Mask mask = maskOf(next);
        if (element) {
            if (!holding) {
                hold(at, false);
            }
            settle(mask == Mask.REMOVE);
        }
        return mask;
    }

    private @Nullable Mask maskOf(Step step) {
        FieldRule rule = step.rule();
        if (rule == null || rule.isVisibleTo(viewer)) {
            return null;
        }
        return depth == 0 && rule.mask() == Mask.REMOVE ? Mask.REPLACE : rule.mask();
    }

    private void hide(Mask mask, Kind kind, int at) {
        if (mask == Mask.REMOVE) {
            return;
        }
        copyTo(at);
        keepingLastFour = mask == Mask.LAST_FOUR && kind == Kind.STRING;
        out.write(MASKED, 0, MASKED.length - (keepingLastFour ? 1 : 0));
        if (keepingLastFour) {
            lastFour.reset();
            lastFourFrom = at + 1;
        }
    }

    private void endHidden(int end) {
        if (keepingLastFour) {
            lastFour.feed(chunk, lastFourFrom, end - 1);
            if (lastFour.isLongEnough()) {
                lastFour.writeTo(out);
            }
            out.write((byte) '"');
            keepingLastFour = false;
        }
        hidden = null;
        dropping = false;
        done = end;
    }

    private void open(Kind kind, int at) {
        if (depth == nodes.length) {
            nodes = Arrays.copyOf(nodes, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
            kept = Arrays.copyOf(kept, depth * 2);
        }
        nodes[depth] = next.node();
        indexes[depth] = kind == Kind.OBJECT ? -1 : 0;
        kept[depth++] = false;
        if (kind == Kind.OBJECT) {
            hold(at + 1, false);
        }
    }

    private void hold(int at, boolean comma) {
        holding = true;
        holdsComma = comma;
        holdAt = at;
    }

    /** Decides on what is on hold, now that it is known whether the member or element is removed. */
    private void settle(boolean remove) {
        if (remove) {
            copyTo(holdAt);
            heldLength = 0;
            holding = false;
            dropping = true;
        } else {
            release(holdsComma && !kept[depth - 1]);
            kept[depth - 1] = true;
        }
    }

    private void release(boolean withoutComma) {
        if (!holding) {
            return;
        }
        if (heldLength > 0) {
            out.write(held, withoutComma ? 1 : 0, heldLength);
            heldLength = 0;
        } else if (withoutComma) {
            copyTo(holdAt);
            done = holdAt + 1;
        }
        holding = false;
    }

    private void copyTo(int end) {
        if (end > done) {
            out.write(chunk, done, end);
            done = end;
        }
    }

    private int index(long offset) {
        return (int) (offset - base);
    }
}
