package io.apiguard.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says of the connection that reached it: who was at its other end, over which scheme and for which
 * host.
 *
 * @param sender the address, or {@code null} if it is hidden
 * @param scheme {@code http} or {@code https}, or {@code null} if not said
 * @param host the host asked for, or {@code null} if not said
 */
record ForwardedHop(
        @Nullable IpAddress sender,
        @Nullable String scheme,
        @Nullable Authority host) {

    private static final ForwardedHop SILENT = new ForwardedHop(null, null, null);

    /** Reads the Forwarded field (RFC 7239 section 4); {@code null} if it is malformed. */
    static @Nullable List<ForwardedHop> ofForwarded(ApiRequest request, int most) {
        List<ForwardedHop> hops = new ArrayList<>();
        for (String line : request.headers("Forwarded")) {
            PairReader reader = new PairReader(line);
            do {
                Map<String, String> pairs = reader.readElement();
                ForwardedHop hop = pairs == null ? null : of(pairs.get("for"), pairs.get("proto"), pairs.get("host"));
                if (hop == null || hops.size() == most) {
                    return null;
                }
                hops.add(hop);
            } while (reader.hasMore());
        }
        return hops;
    }

    /**
     * Reads X-Forwarded-For and its companions; {@code null} if they are malformed. A companion has one value, which
     * then belongs to the whole way, or as many as there are addresses.
     */
    static @Nullable List<ForwardedHop> ofXForwarded(ApiRequest request, int most) {
        List<String> senders = Syntax.listMembers(request.headers("X-Forwarded-For"));
        List<String> schemes = Syntax.listMembers(request.headers("X-Forwarded-Proto"));
        List<String> hosts = Syntax.listMembers(request.headers("X-Forwarded-Host"));
        int count = Math.max(senders.size(), Math.min(1, schemes.size() + hosts.size()));
        if (count > most || !fits(schemes, count) || !fits(hosts, count)) {
            return null;
        }
        List<ForwardedHop> hops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ForwardedHop hop = of(i < senders.size() ? senders.get(i) : null, at(schemes, i), at(hosts, i));
            if (hop == null) {
                return null;
            }
            hops.add(hop);
        }
        return hops;
    }

    private static boolean fits(List<String> values, int count) {
        return values.size() <= 1 || values.size() == count;
    }

    private static @Nullable String at(List<String> values, int index) {
        return values.isEmpty() ? null : values.get(Math.min(index, values.size() - 1));
    }

    private static @Nullable ForwardedHop of(@Nullable String sender, @Nullable String scheme, @Nullable String host) {
        Optional<ForwardedHop> node = sender == null ? Optional.of(SILENT) : node(sender);
        String lower = scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
        boolean schemeFits = lower == null || lower.equals("http") || lower.equals("https");
        Optional<Authority> authority = host == null ? Optional.empty() : Authority.parse(host);
        if (node.isEmpty() || !schemeFits || (host != null && authority.isEmpty())) {
            return null;
        }
        return new ForwardedHop(node.get().sender, lower, authority.orElse(null));
    }

    /**
     * Reads a node (RFC 7239 section 6): an address with or without port, {@code unknown}, or an obfuscated identifier.
     */
    private static Optional<ForwardedHop> node(String text) {
        String address = withoutPort(text);
        if (address.equalsIgnoreCase("unknown") || isObfuscated(address)) {
            return Optional.of(SILENT);
        }
        return IpAddress.parse(address).map(known -> new ForwardedHop(known, null, null));
    }

    private static String withoutPort(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = bracket < 0 ? text.indexOf(':') : bracket + 1;
        boolean bareV6 = bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        String host = bracket > 0 ? text.substring(1, bracket) : colon < 0 || bareV6 ? text : text.substring(0, colon);
        String port = bareV6 || colon < 0 || colon >= text.length() ? "" : text.substring(colon);
        boolean wellFormed =
                port.isEmpty() || (port.length() > 1 && port.charAt(0) == ':' && isPort(port.substring(1)));
        boolean bracketsFit = bracket < 0 || host.indexOf(':') >= 0;
        return wellFormed && bracketsFit ? host : "";
    }

    private static boolean isPort(String text) {
        return Syntax.isDigits(text, 5) || isObfuscated(text);
    }

    private static boolean isObfuscated(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Syntax.isAlphanumeric(c) && c != '_' && c != '-' && c != '.') {
                return false;
            }
        }
        return text.length() > 1 && text.charAt(0) == '_';
    }
}
