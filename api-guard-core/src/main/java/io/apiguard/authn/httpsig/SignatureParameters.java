package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;
import io.apiguard.internal.structured.Member;
import io.apiguard.internal.structured.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one signature says of itself (RFC 9421 section 2.3): its components and its parameters, each understood and of the right type. */
final class SignatureParameters {

    private static final int MOST_COMPONENTS = 64;
    static final int LONGEST_TEXT = 256;
    private static final int LONGEST_BASE = 128 * 1024;
    private static final Set<String> TIMES = Set.of("created", "expires");
    private static final Set<String> TEXTS = Set.of("nonce", "alg", "keyid", "tag");

    private final Member.InnerList member;
    private final Set<Component> components;

    private SignatureParameters(Member.InnerList member, Set<Component> components) {
        this.member = member;
        this.components = components;
    }

    static SignatureParameters of(Member member) {
        if (!(member instanceof Member.InnerList list)) {
            throw new MalformedField("a signature input that is no inner list");
        }
        list.parameters().values().forEach(SignatureParameters::check);
        return new SignatureParameters(list, components(list.items()));
    }

    private static void check(String key, BareItem value) {
        boolean right = TIMES.contains(key)
                ? value instanceof BareItem.Whole whole && whole.value() >= 0
                : TEXTS.contains(key) && value instanceof BareItem.Text text && isBounded(text.value());
        if (!right) {
            throw new MalformedField("a signature parameter that is not registered, or of the wrong type or length");
        }
    }

    private static boolean isBounded(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_TEXT;
    }

    private static Set<Component> components(List<Member.Item> items) {
        if (items.size() > MOST_COMPONENTS) {
            throw new MalformedField("a signature over more than " + MOST_COMPONENTS + " components");
        }
        Set<Component> components = new LinkedHashSet<>();
        for (Member.Item item : items) {
            if (!components.add(Component.of(item))) {
                throw new MalformedField("a signature over the same component twice");
            }
        }
        return components;
    }

    /** Returns what is signed (section 2.5). */
    byte[] base(HttpMessage message, ComponentValues values) {
        StringBuilder base = new StringBuilder();
        for (Component component : components) {
            base.append(FieldWriter.member(component.item())).append(": ");
            base.append(values.of(component, message)).append('\n');
            if (base.length() > LONGEST_BASE) {
                throw new MalformedField("a signature over more than " + LONGEST_BASE + " characters");
            }
        }
        base.append("\"@signature-params\": ").append(FieldWriter.member(member));
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }

    Set<Component> components() {
        return new HashSet<>(components);
    }

    Parameters parameters() {
        return member.parameters();
    }

    @Nullable Instant time(String name) {
        return parameters().get(name) instanceof BareItem.Whole seconds ? Instant.ofEpochSecond(seconds.value()) : null;
    }

    @Nullable String text(String name) {
        return parameters().get(name) instanceof BareItem.Text text ? text.value() : null;
    }
}
