package io.apiguard.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts this server answers for.
 *
 * <p>A request must have exactly one Host field with a well-formed value (RFC 9112 section 3.2). Thread-safe.
 */
public final class HostRules {

    private static final Violation MALFORMED =
            new Violation(400, "host-malformed", "Send exactly one Host field with a host and perhaps a port.");
    private static final Violation REFUSED =
            new Violation(421, "host-refused", "This server does not answer for the requested host.");

    private final List<Pattern> patterns;

    /** The last one allowed: most requests are for one host, and reading it anew for each would be most of the work. Races do no harm. */
    private @Nullable Allowed last;

    private HostRules(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** A Host field that is allowed, and what it says. */
    private record Allowed(String field, Authority authority) {}

    /** A host, or what a host must end with; the port only counts if there is one. */
    private record Pattern(boolean anySubdomain, Authority authority) {

        boolean allows(Authority other) {
            String host = authority.host();
            boolean hostFits = anySubdomain
                    ? other.host().length() > host.length() + 1
                            && other.host().endsWith(host)
                            && other.host().charAt(other.host().length() - host.length() - 1) == '.'
                    : other.host().equals(host);
            return hostFits && (authority.port() == Authority.NO_PORT || authority.port() == other.port());
        }
    }

    /**
     * Allows the given hosts.
     *
     * @param hosts names or address literals, perhaps with a port ({@code api.example.com:8443}), or {@code
     *     *.example.com} for every name below; without a port any port fits; empty for every well-formed host
     * @return the rules
     * @throws IllegalArgumentException if an entry is none of these
     */
    public static HostRules of(Collection<String> hosts) {
        List<Pattern> patterns = new ArrayList<>();
        for (String host : hosts) {
            patterns.add(pattern(host));
        }
        return new HostRules(patterns);
    }

    private static Pattern pattern(String text) {
        boolean wildcard = text.startsWith("*.");
        Optional<Authority> authority = Authority.parse(wildcard ? text.substring(2) : text);
        boolean literal = authority.isPresent() && isLiteral(authority.get().host());
        if (authority.isEmpty() || (wildcard && literal)) {
            throw new IllegalArgumentException("'" + text
                    + "' is not an allowed host: write api.example.com, *.example.com or [::1], perhaps with :port");
        }
        return new Pattern(wildcard, authority.get());
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || IpAddress.parse(host).isPresent();
    }

    /**
     * Judges which host a request is for.
     *
     * @param request the request
     * @param forwarded the host that a trusted proxy says the client asked for, or {@code null}; it is what must be
     *     allowed then
     * @return the authority that is allowed, or a violation: 400 if the Host field is not single and well-formed, 421
     *     if the host is not allowed
     */
    public HostResult judge(ApiRequest request, @Nullable Authority forwarded) {
        String host = request.header("Host");
        if (host == null) {
            return MALFORMED;
        }
        Allowed known = last;
        return forwarded == null && known != null && known.field().equals(host)
                ? known.authority()
                : judge(host, forwarded);
    }

    private HostResult judge(String host, @Nullable Authority forwarded) {
        Optional<Authority> received = Authority.parse(host);
        if (received.isEmpty()) {
            return MALFORMED;
        }
        Authority effective = forwarded == null ? received.get() : forwarded;
        if (!allows(effective)) {
            return REFUSED;
        }
        if (forwarded == null) {
            last = new Allowed(host, effective);
        }
        return effective;
    }

    /**
     * Returns whether a host is allowed.
     *
     * @param authority the host and perhaps port
     * @return whether it is
     */
    public boolean allows(Authority authority) {
        for (Pattern pattern : patterns) {
            if (pattern.allows(authority)) {
                return true;
            }
        }
        return patterns.isEmpty();
    }
}
