package io.apiguard.http;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies are believed about the client, and by which family of fields.
 *
 * <p>The way back goes from the connection's other end over the forwarding fields, right to left, for as long as the
 * sender is a trusted proxy; the first address that is not is the client. So what a client writes into the fields
 * itself stands to the left of that and is never read. A hidden sender ({@code unknown}, an obfuscated identifier) ends
 * the way: the last known hop stands for all behind it. From any other peer, and of any other family, the fields are
 * ignored; the first time, the event {@code forwarded.ignored} says so.
 *
 * <p>Thread-safe.
 */
public final class TrustedProxies {

    /** The most hops the fields may list; more are refused with 400. */
    public static final int MAX_HOPS = 32;

    private static final List<String> FIELDS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host");
    private static final Violation MALFORMED =
            new Violation(400, "forwarded-malformed", "The forwarding fields cannot be understood.");
    private static final Violation NO_PEER =
            new Violation(400, "peer-unknown", "The address of the connection's other end is not known.");

    private final ForwardedFamily family;
    private final List<AddressBlock> blocks;
    private final GuardListener listener;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The last one read: the requests of one connection have one peer. Races do no harm. */
    private @Nullable Peer last;

    /** A peer's address as the server writes it, and what it is. */
    private record Peer(String text, ClientAddress address) {}

    private TrustedProxies(ForwardedFamily family, List<AddressBlock> blocks, GuardListener listener) {
        this.family = family;
        this.blocks = blocks;
        this.listener = listener;
    }

    /**
     * Trusts no proxy: the connection's other end is the client.
     *
     * @param listener who is told, once, that forwarding fields were ignored
     * @return the rules
     */
    public static TrustedProxies none(GuardListener listener) {
        return new TrustedProxies(ForwardedFamily.NONE, List.of(), listener);
    }

    /**
     * Trusts proxies at the given addresses.
     *
     * @param family the family of fields they use
     * @param blocks their addresses; empty with {@link ForwardedFamily#NONE} and only then
     * @param listener who is told, once, that forwarding fields were ignored
     * @return the rules
     * @throws IllegalArgumentException if proxies and family contradict each other
     */
    public static TrustedProxies of(ForwardedFamily family, Collection<AddressBlock> blocks, GuardListener listener) {
        if (blocks.isEmpty() != (family == ForwardedFamily.NONE)) {
            throw new IllegalArgumentException(
                    "trusted proxies need a family of forwarding fields, and a family needs trusted"
                            + " proxies; there are " + blocks.size() + " and " + family);
        }
        return new TrustedProxies(family, List.copyOf(blocks), listener);
    }

    /**
     * Finds out who sent a request.
     *
     * @param request the request
     * @return the client, or a violation with status 400 if a trusted proxy's fields are malformed or list more than
     *     {@value #MAX_HOPS} hops, or the peer's address is no literal
     */
    public ClientResult resolve(ApiRequest request) {
        Peer peer = peer(request.peerAddress());
        if (peer == null) {
            return NO_PEER;
        }
        IpAddress address = peer.address().address();
        boolean trusted = trusts(address);
        warnOfIgnored(request, trusted);
        if (!trusted) {
            return new ResolvedClient(peer.address(), request.secure(), null);
        }
        List<ForwardedHop> hops = family == ForwardedFamily.FORWARDED
                ? ForwardedHop.ofForwarded(request, MAX_HOPS)
                : ForwardedHop.ofXForwarded(request, MAX_HOPS);
        return hops == null ? MALFORMED : walk(address, hops, request.secure());
    }

    private @Nullable Peer peer(String text) {
        Peer known = last;
        if (known == null || !known.text().equals(text)) {
            Optional<IpAddress> address = IpAddress.parsePeer(text);
            known = address.isEmpty() ? null : new Peer(text, ClientAddress.of(address.get()));
            last = known;
        }
        return known;
    }

    /**
     * Returns whether an address is that of a trusted proxy.
     *
     * @param address the address
     * @return whether it is
     */
    public boolean trusts(IpAddress address) {
        for (AddressBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Each hop is the word of the sender before it, which is trusted; what is not said stays as it was. */
    private ResolvedClient walk(IpAddress peer, List<ForwardedHop> hops, boolean secure) {
        IpAddress sender = peer;
        boolean tls = secure;
        Authority host = null;
        for (int i = hops.size() - 1; i >= 0 && trusts(sender); i--) {
            ForwardedHop hop = hops.get(i);
            tls = hop.scheme() == null ? tls : hop.scheme().equals("https");
            host = hop.host() == null ? host : hop.host();
            IpAddress next = hop.sender();
            if (next == null) {
                break;
            }
            sender = next;
        }
        return new ResolvedClient(ClientAddress.of(sender), tls, host);
    }

    private void warnOfIgnored(ApiRequest request, boolean trusted) {
        if (warned.get()) {
            return;
        }
        String field = ignoredField(request, trusted);
        if (field != null && warned.compareAndSet(false, true)) {
            listener.on(new GuardEvent(
                    "forwarded.ignored",
                    GuardEvent.Severity.WARNING,
                    "A request has a forwarding field that is not believed; it is ignored here and from now on. If a"
                            + " proxy of yours sends it, add its address to the trusted proxies and choose the family of"
                            + " the field.",
                    Map.of("field", field, "peer-trusted", Boolean.toString(trusted), "family", family.name())));
        }
    }

    private @Nullable String ignoredField(ApiRequest request, boolean trusted) {
        for (String field : FIELDS) {
            boolean believed = trusted && (family == ForwardedFamily.FORWARDED) == field.equals("Forwarded");
            if (!believed && !request.headers(field).isEmpty()) {
                return field;
            }
        }
        return null;
    }
}
