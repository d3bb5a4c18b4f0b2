package io.apiguard.authn.introspection;

import io.apiguard.authn.introspection.IntrospectionResult.Invalid;
import io.apiguard.authn.introspection.IntrospectionResult.Reason;
import io.apiguard.authn.introspection.IntrospectionResult.Unavailable;
import io.apiguard.authn.introspection.IntrospectionResult.Valid;
import io.apiguard.authn.jose.TokenDigest;
import io.apiguard.secret.Fingerprint;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the access tokens of one issuer by asking it (RFC 7662), where tokens cannot be read by anybody else.
 *
 * <pre>{@code
 * IntrospectionVerifier verifier = IntrospectionVerifier.forIssuer(URI.create("https://login.example.com"))
 *         .endpoint(URI.create("https://login.example.com/introspect"))
 *         .client(ClientAuthentication.basic("orders", secret))
 *         .audience("orders")
 *         .build();
 * if (verifier.verify(token) instanceof IntrospectionResult.Valid valid) {
 *     greet(valid.token().identity());
 * }
 * }</pre>
 *
 * <p>A token is refused unless the issuer answers that it is active, by the JSON value {@code true} and nothing like it,
 * and: {@code iss}, if there, is the issuer; {@code aud} names this service; {@code exp} is there and ahead; {@code nbf}
 * and {@code iat} are not ahead; its type is there, and Bearer or DPoP. A token bound to a key ({@code cnf}) is valid here, and
 * its {@link io.apiguard.identity.Identity#confirmation() confirmation} is for the caller of this verifier to demand.
 *
 * <p>Answers are kept for a short time, so a token that the issuer revokes may be taken for active until then: by
 * default for 60 seconds. What cannot be judged, for a failing endpoint or a wrong setting, is {@link Unavailable}, and
 * an endpoint that keeps failing is left alone for a while. Nothing that a token or an answer contains makes {@link
 * #verify} throw. Thread-safe.
 */
public final class IntrospectionVerifier {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final IntrospectionCall call;
    private final AnswerRules rules;
    private final AnswerCache cache;
    private final Breaker breaker;
    private final Reporter reporter;
    private final TokenDigest digest;
    private final Fingerprint fingerprint;
    private final InstantSource clock;
    private final int maximumLength;
    private final Duration patience;

    /** Callers who wait, for their own call or for another's: a slow endpoint must not hold all of a server's threads. */
    private final Semaphore waiters;

    /** No more entries than there are waiters. */
    private final ConcurrentMap<TokenDigest.Key, CompletableFuture<IntrospectionResult>> running =
            new ConcurrentHashMap<>();

    IntrospectionVerifier(IntrospectionVerifierBuilder settings) {
        this.call = settings.call();
        this.rules = settings.rules();
        this.cache = new AnswerCache(settings.cacheBounds());
        this.breaker = settings.breaker();
        this.reporter = settings.reporter();
        this.digest = settings.digest();
        this.fingerprint = settings.fingerprint();
        this.clock = settings.clock();
        this.maximumLength = settings.maximumLength();
        this.patience = settings.patience();
        this.waiters = new Semaphore(settings.maximumWaiting());
    }

    /**
     * Returns a builder for a verifier of the given issuer's tokens.
     *
     * @param issuer the issuer identifier; an {@code iss} in an answer must equal it
     */
    public static IntrospectionVerifierBuilder forIssuer(URI issuer) {
        return new IntrospectionVerifierBuilder(issuer);
    }

    /**
     * Verifies a token; waits for the issuer if its answer is not known.
     *
     * @param token the token as presented
     * @return what was found; never an exception for anything the token or the answer contains
     */
    public IntrospectionResult verify(String token) {
        Invalid fault = TokenSyntax.fault(token, maximumLength);
        if (fault != null) {
            return fault;
        }
        try {
            return inTime(known(token));
        } catch (Throwable e) { // CVE-2019-17195: whatever a parser or a provider throws is a refusal
            return new Unavailable("the check broke off (" + e.getClass().getSimpleName() + ")", RETRY);
        }
    }

    /** Time is never a matter of the cache: it is looked at for every request. */
    private IntrospectionResult inTime(IntrospectionResult result) {
        if (!(result instanceof Valid valid)) {
            return result;
        }
        Invalid fault = rules.fault(valid.token(), clock.instant());
        return fault == null ? result : fault;
    }

    private IntrospectionResult known(String token) {
        TokenDigest.Key key = digest.key(token);
        IntrospectionResult known = cache.find(key, clock.instant());
        if (known != null) {
            return known;
        }
        if (!waiters.tryAcquire()) {
            return new Unavailable("many wait for the issuer's answers already", RETRY);
        }
        try {
            return once(key, token);
        } finally {
            waiters.release();
        }
    }

    /** Asks, unless somebody asks about this token already: then waits for the answer to that. */
    private IntrospectionResult once(TokenDigest.Key key, String token) {
        CompletableFuture<IntrospectionResult> mine = new CompletableFuture<>();
        CompletableFuture<IntrospectionResult> other = running.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        IntrospectionResult result = new Unavailable("the call broke off", RETRY);
        try {
            IntrospectionResult known = cache.find(key, clock.instant());
            result = known == null ? guarded(key, token) : known;
            return result;
        } finally {
            running.remove(key, mine);
            mine.complete(result);
        }
    }

    private IntrospectionResult await(CompletableFuture<IntrospectionResult> other) {
        try {
            return other.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted while waiting for the issuer's answer", RETRY);
        } catch (ExecutionException | TimeoutException e) {
            return new Unavailable("the issuer's answer takes too long", RETRY);
        }
    }

    private IntrospectionResult guarded(TokenDigest.Key key, String token) {
        Duration wait = breaker.enter();
        if (wait != null) {
            return new Unavailable("the endpoint kept failing, and is not asked again yet", wait);
        }
        boolean told = false;
        long round = cache.round();
        try {
            Map<String, @Nullable Object> answer = call.ask(token);
            told = true;
            breaker.succeeded();
            reporter.succeeded();
            return judged(key, token, answer, round);
        } catch (CallFailure e) {
            told = e.kind() != CallFailure.Kind.THIS_CALL;
            return failed(e);
        } finally {
            if (!told) {
                breaker.undecided();
            }
        }
    }

    private IntrospectionResult failed(CallFailure failure) {
        reporter.failed(failure);
        if (failure.kind() != CallFailure.Kind.THIS_CALL && breaker.failed()) {
            reporter.opened();
        }
        return new Unavailable(failure.detail(), RETRY);
    }

    private IntrospectionResult judged(
            TokenDigest.Key key, String token, Map<String, @Nullable Object> answer, long round) {
        IntrospectionResult result = Boolean.TRUE.equals(answer.get("active"))
                ? rules.check(answer, fingerprint.of(token), clock.instant())
                : new Invalid(Reason.INACTIVE, "the issuer says that it is not active");
        cache.store(key, result, clock.instant(), round);
        return result;
    }

    /** Forgets every answer, those on their way included, so that each token is asked about again. */
    public void forgetAnswers() {
        cache.clear();
        running.clear();
    }
}
