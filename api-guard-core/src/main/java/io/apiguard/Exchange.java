package io.apiguard;

import io.apiguard.authn.httpsig.SignedBody;
import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.Header;
import io.apiguard.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the guard: what was learnt of it so far, and what its audit event is made of.
 *
 * <p>Written by the guard on the thread that carries the request, from gate to gate; an adapter that goes on with a request on another thread
 * hands the exchange over with the request itself. Not thread-safe beyond that.
 */
public final class Exchange {

    private final ApiRequest request;
    private final String id;
    private final Instant startedAt;
    private final long startedNanos;
    private final List<Denial> reported = new ArrayList<>(0);
    private final List<Header> fields = new ArrayList<>(4);
    private @Nullable ClientAddress client;
    private @Nullable CanonicalPath path;
    private @Nullable Arrival arrival;
    private boolean secure;
    private boolean probe;
    private @Nullable Identity identity;
    private @Nullable String fingerprint;
    private @Nullable SignedBody signedBody;
    private @Nullable EndpointPolicy policy;
    private @Nullable Denial denial;
    private final AtomicLong reservedBytes = new AtomicLong();
    private long requestBytes;
    private volatile boolean bodyTooLarge;
    private List<String> chargedLimits = List.of();
    private final AtomicBoolean charged = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();

    Exchange(ApiRequest request, String id, Instant startedAt, long startedNanos) {
        this.request = request;
        this.id = id;
        this.startedAt = startedAt;
        this.startedNanos = startedNanos;
        this.secure = request.secure();
    }

    /** {@return the request as received} */
    public ApiRequest request() {
        return request;
    }

    /** {@return the exchange's own name, which refusals show the caller and audit events carry} */
    public String id() {
        return id;
    }

    /** {@return when the guard received the request} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return the caller, once verified; empty for an anonymous one} */
    public Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    /** {@return the client's address as far as trusted proxies tell, an IP address in text} */
    public String clientAddress() {
        return client == null ? request.peerAddress() : client.toString();
    }

    /** {@return whether the client's own connection is protected by TLS, as far as trusted proxies tell} */
    public boolean secure() {
        return secure;
    }

    /** {@return the canonical path; empty if gate 1 refused the path or did not get that far} */
    public Optional<CanonicalPath> path() {
        return Optional.ofNullable(path);
    }

    /** {@return the policy of the handler that was admitted last; empty before gate 2} */
    public Optional<EndpointPolicy> policy() {
        return Optional.ofNullable(policy);
    }

    /** {@return why the request was refused; empty if it was not} */
    public Optional<Denial> denial() {
        return Optional.ofNullable(denial);
    }

    /** {@return what would have been refused if it were not for report mode; unmodifiable} */
    public List<Denial> reported() {
        return List.copyOf(reported);
    }

    long startedNanos() {
        return startedNanos;
    }

    void client(ClientAddress address, boolean overTls) {
        client = address;
        secure = overTls;
    }

    void arrived(Arrival how) {
        arrival = how;
    }

    /** How the request arrived; {@code null} if it named a host that this server does not answer for, which report mode lets pass. */
    @Nullable Arrival arrivalOrNull() {
        return arrival;
    }

    void path(CanonicalPath canonical) {
        path = canonical;
    }

    /** The key under which limits count the client's address. */
    String clientKey() {
        return client == null ? request.peerAddress() : client.limitKey();
    }

    boolean probe() {
        return probe;
    }

    void markProbe() {
        probe = true;
    }

    /** A probe is one for the handler it was sent to, and not for where that forwards it. */
    void clearProbe() {
        probe = false;
    }

    void authenticated(Identity verified) {
        identity = verified;
    }

    @Nullable Identity identityOrNull() {
        return identity;
    }

    void fingerprint(@Nullable String value) {
        fingerprint = value;
    }

    @Nullable String fingerprint() {
        return fingerprint;
    }

    void signedBody(@Nullable SignedBody value) {
        signedBody = value;
    }

    /** What the caller's signature says of the body; {@code null} if there is none, or it says nothing. */
    @Nullable SignedBody signedBody() {
        return signedBody;
    }

    /** Takes back what gate 1 learnt of the caller: the body is not the one that was signed. */
    void disown() {
        identity = null;
        fingerprint = null;
        signedBody = null;
    }

    void admitting(EndpointPolicy at) {
        policy = at;
    }

    @Nullable EndpointPolicy policyOrNull() {
        return policy;
    }

    void deny(Denial why) {
        denial = why;
    }

    @Nullable Denial denialOrNull() {
        return denial;
    }

    /** By what the exchange is judged, and what came of it. */
    record Judgement(
            @Nullable EndpointPolicy policy, @Nullable Denial denial) {}

    Judgement judgement() {
        return new Judgement(policy, denial);
    }

    void restore(Judgement before) {
        policy = before.policy();
        denial = before.denial();
    }

    void report(Denial why) {
        reported.add(why);
    }

    /** Header fields that every answer to this request carries, such as those of cross-origin rules and limits. */
    List<Header> fields() {
        return fields;
    }

    /** Returns true once: a request is charged to its limits a single time, however many handlers it visits. */
    boolean chargeOnce() {
        return charged.compareAndSet(false, true);
    }

    void chargedLimits(List<String> names) {
        chargedLimits = names;
    }

    List<String> chargedLimits() {
        return chargedLimits;
    }

    /** Returns true once. */
    boolean releaseOnce() {
        return released.compareAndSet(false, true);
    }

    void markBodyTooLarge() {
        bodyTooLarge = true;
    }

    /**
     * {@return whether a body that is read as a stream turned out longer than its bound; the answer is then 413, whoever renders it and
     * whatever became of the exception}
     */
    public boolean bodyTooLarge() {
        return bodyTooLarge;
    }

    void reserved(long bytes) {
        reservedBytes.addAndGet(bytes);
    }

    long takeReserved() {
        return reservedBytes.getAndSet(0);
    }

    void requestBytes(long bytes) {
        requestBytes = bytes;
    }

    long requestBytes() {
        return requestBytes;
    }
}
