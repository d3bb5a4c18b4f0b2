package io.apiguard.cedar.validation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known to be there at one place of a policy: what was known around it, and more. Nothing is copied, since much can be known. */
final class Known {

    static final Known NOTHING = new Known(null, Set.of());

    private final @Nullable Known around;
    private final Set<Capability> more;

    private Known(@Nullable Known around, Set<Capability> more) {
        this.around = around;
        this.more = more;
    }

    /** Returns this and more; if the set grows, so does what is known. */
    Known with(Set<Capability> more) {
        return new Known(this, more);
    }

    boolean contains(Capability capability) {
        for (Known known = this; known != null; known = known.around) {
            if (known.more.contains(capability)) {
                return true;
            }
        }
        return false;
    }
}
