package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.MalformedField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a signature must cover: a signature over less is genuine, and says nothing of the rest (RFC 9421 section 7.2.1).
 *
 * <p>Immutable and thread-safe.
 */
public final class SignedComponents {

    /** Each names the whole target. */
    private static final List<List<Component>> TARGETS = List.of(
            components("@target-uri"),
            components("@authority", "@path", "@query"),
            components("@authority", "@request-target"));

    private static final Component CONTENT_DIGEST = Component.parse("content-digest");
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "CONNECT");

    private final List<Component> demanded;
    private final boolean wholeRequest;

    SignedComponents(List<Component> demanded, boolean wholeRequest) {
        this.demanded = List.copyOf(demanded);
        this.wholeRequest = wholeRequest;
    }

    /**
     * Demands all that makes a request: {@code @method}; the target, as {@code @target-uri}, as {@code @authority}, {@code @path} and
     * {@code @query}, or as {@code @authority} and {@code @request-target}; and {@code content-digest}, unless the request says that it
     * has no body. A request that says nothing has none if its method is GET, HEAD, OPTIONS, TRACE, DELETE or CONNECT; whoever reads a
     * body asks {@link VerifiedSignature#coversBody()} first.
     */
    public static SignedComponents wholeRequest() {
        return new SignedComponents(components("@method"), true);
    }

    /**
     * Demands the given components and nothing else, so that what they leave out can be altered by others: for responses, and for protocols
     * that say which components these are.
     *
     * @param identifiers names, such as {@code @authority}, or whole identifiers, such as {@code "@query-param";name="id"}; at least one
     * @throws IllegalArgumentException if one is none, or there is none
     */
    public static SignedComponents onlyThese(String... identifiers) {
        if (identifiers.length == 0) {
            throw new IllegalArgumentException("a signature must cover something; name at least one component");
        }
        return new SignedComponents(components(identifiers), false);
    }

    /**
     * Demands more components.
     *
     * @param identifiers as in {@link #onlyThese}
     * @throws IllegalArgumentException if one is none
     */
    public SignedComponents and(String... identifiers) {
        List<Component> more = new ArrayList<>(demanded);
        more.addAll(components(identifiers));
        return new SignedComponents(more, wholeRequest);
    }

    static List<Component> components(String... identifiers) {
        List<Component> components = new ArrayList<>();
        for (String identifier : identifiers) {
            components.add(component(identifier));
        }
        return components;
    }

    private static Component component(String identifier) {
        try {
            String name = identifier.startsWith("\"") ? identifier : identifier.toLowerCase(Locale.ROOT);
            return Component.parse(name);
        } catch (MalformedField e) {
            throw new IllegalArgumentException(
                    "'" + identifier + "' is no component identifier of RFC 9421: " + e.getMessage(), e);
        }
    }

    /** Returns what is not covered, or {@code null} if all is. */
    @Nullable String missing(Set<Component> covered, HttpMessage message) {
        for (Component component : demanded) {
            if (!covers(covered, component)) {
                return component.name();
            }
        }
        if (!wholeRequest) {
            return null;
        }
        if (TARGETS.stream().noneMatch(target -> target.stream().allMatch(part -> covers(covered, part)))) {
            return "@target-uri";
        }
        return mayHaveBody(message) && !coversBody(covered) ? CONTENT_DIGEST.name() : null;
    }

    /** Whether a body without a covered digest is refused. */
    boolean demandsBody() {
        return wholeRequest || coversBody(new HashSet<>(demanded));
    }

    /** Returns what a signature over a request like this one needs to cover. */
    List<Component> needed(HttpMessage message) {
        Set<Component> needed = new LinkedHashSet<>(demanded);
        if (wholeRequest) {
            needed.addAll(TARGETS.get(0));
            if (mayHaveBody(message)) {
                needed.add(CONTENT_DIGEST);
            }
        }
        return List.copyOf(needed);
    }

    static boolean coversBody(Set<Component> covered) {
        return covers(covered, CONTENT_DIGEST);
    }

    static boolean covers(Set<Component> covered, Component demanded) {
        return covered.stream().anyMatch(component -> component.covers(demanded));
    }

    private static boolean mayHaveBody(HttpMessage message) {
        List<String> lengths = message.fields("content-length");
        if (!message.fields("transfer-encoding").isEmpty()) {
            return true;
        }
        HttpMessage.Target target = message.target();
        return lengths.isEmpty()
                ? target == null || !BODILESS.contains(target.method())
                : !lengths.stream().allMatch(length -> length.equals("0"));
    }
}
