package io.apiguard.authn.apikey;

import io.apiguard.authn.apikey.ApiKeyResult.Reason;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Issues and verifies API keys.
 *
 * <pre>{@code
 * ApiKeys keys = ApiKeys.using(secrets, repository);
 * IssuedApiKey issued = keys.issue(ApiKeyGrant.to("billing-job").withScopes("invoices:read"));
 * repository.insert(issued.stored()); // and show issued.key() to its owner, once; ApiKeyAdmin does both
 * }</pre>
 *
 * <p>A key is {@code <prefix>_<id>_<secret><checksum>}: a prefix of 2 to 16 lower-case letters and digits ({@code ag}
 * if not set), 16 characters of public id, 43 characters of secret (256 bits) and 6 of checksum, all of {@code
 * 0-9A-Za-z}. The checksum is CRC-32 over everything before it, in base 62. A mistyped key is refused without asking
 * the store.
 *
 * <p>Stored is HMAC-SHA-256 of the whole key under the secret {@value #SECRET_NAME}, with that secret's key id: after a
 * rotation new keys are hashed with the new version, and old ones verify as long as the source knows theirs. Keys have
 * 256 bits of chance, so a slow password hash would add cost and no safety. Comparison is constant-time, and an unknown
 * id costs what a known one does.
 *
 * <p>Immutable and thread-safe.
 */
public final class ApiKeys {

    /** The name of the secret that keys are hashed with, {@value}. */
    public static final String SECRET_NAME = "api-keys";

    /** What keys start with if nothing else is set, {@value}. */
    public static final String DEFAULT_PREFIX = "ag";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String NO_HASH = "0".repeat(64);

    private final SecretSource secrets;
    private final ApiKeyStore store;
    private final ApiKeyFormat format;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ApiKeyUsage usage;

    private ApiKeys(
            SecretSource secrets,
            ApiKeyStore store,
            ApiKeyFormat format,
            InstantSource clock,
            SecureRandom random,
            ApiKeyUsage usage) {
        this.secrets = secrets;
        this.store = store;
        this.format = format;
        this.clock = clock;
        this.random = random;
        this.usage = usage;
        if (secrets.current(SECRET_NAME).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no secret '" + SECRET_NAME + "', which API keys are hashed with; add it to the source of"
                            + " secrets (environment variable API_GUARD_SECRET_API_KEYS,"
                            + " or file api-keys.1)");
        }
    }

    /**
     * Returns API keys with the prefix {@value #DEFAULT_PREFIX}.
     *
     * @param secrets has the secret {@value #SECRET_NAME}
     * @param store where records are looked up
     * @throws IllegalArgumentException if there is no such secret
     */
    public static ApiKeys using(SecretSource secrets, ApiKeyStore store) {
        return new ApiKeys(
                secrets,
                store,
                new ApiKeyFormat(DEFAULT_PREFIX),
                InstantSource.system(),
                new SecureRandom(),
                ApiKeyUsage.none());
    }

    /**
     * Returns the same with keys of another prefix; keys of the former one are malformed from then on.
     *
     * @param prefix 2 to 16 lower-case letters and digits, a letter first
     * @throws IllegalArgumentException if the prefix is anything else
     */
    public ApiKeys withPrefix(String prefix) {
        return new ApiKeys(secrets, store, new ApiKeyFormat(prefix), clock, random, usage);
    }

    /** Returns the same with another clock. */
    public ApiKeys withClock(InstantSource other) {
        return new ApiKeys(secrets, store, format, other, random, usage);
    }

    /** Returns the same with another source of chance for new keys. */
    public ApiKeys withRandom(SecureRandom other) {
        return new ApiKeys(secrets, store, format, clock, other, usage);
    }

    /**
     * Returns the same, which tells of every use of a good key.
     *
     * @param other is told on the thread of the request, and must not wait for anything
     */
    public ApiKeys withUsage(ApiKeyUsage other) {
        return new ApiKeys(secrets, store, format, clock, random, other);
    }

    /**
     * Makes a new key. Nothing is stored by this.
     *
     * @param grant whom the key speaks for, and what it may do
     * @return the key, which cannot be had again, and the record to store
     */
    public IssuedApiKey issue(ApiKeyGrant grant) {
        String key = format.make(random);
        Secret secret = current();
        String id = String.valueOf(format.id(key));
        String hash = HexFormat.of().formatHex(hash(secret, key));
        ApiKeyRecord stored = new ApiKeyRecord(id, hash, secret.keyId(), grant, true);
        return new IssuedApiKey(key, stored.created(now()));
    }

    /**
     * Verifies a key that came from an unknown address, so that one with allowed addresses is refused.
     *
     * @param key the key as presented
     * @return what was found; never an exception for anything the key contains, or for a store that fails
     */
    public ApiKeyResult verify(String key) {
        return verifyFrom(key, null);
    }

    /**
     * Verifies a key.
     *
     * @param key the key as presented
     * @param client the address of the client, behind trusted proxies the one they vouch for
     * @return what was found; never an exception for anything the key contains, or for a store that fails
     */
    public ApiKeyResult verify(String key, IpAddress client) {
        return verifyFrom(key, client);
    }

    private ApiKeyResult verifyFrom(String key, @Nullable IpAddress client) {
        String id = format.id(key);
        if (id == null) {
            return new ApiKeyResult.Invalid(Reason.MALFORMED, "is not an API key of this service, or was mistyped");
        }
        try {
            return check(key, id, store.find(id).orElse(null), client);
        } catch (Throwable e) { // a store is foreign code: whatever it throws is a refusal
            String kind = e.getClass().getSimpleName();
            return new ApiKeyResult.Unavailable("the store of API keys does not answer (" + kind + ")", RETRY_AFTER);
        }
    }

    /** Hashes and compares in every case; what is known of the key is looked at only after that. */
    private ApiKeyResult check(String key, String id, @Nullable ApiKeyRecord stored, @Nullable IpAddress client) {
        Optional<Secret> secret =
                stored == null ? Optional.empty() : secrets.version(SECRET_NAME, stored.secretKeyId());
        byte[] expected = HexFormat.of().parseHex(stored == null ? NO_HASH : stored.hash());
        boolean same = MessageDigest.isEqual(hash(secret.orElseGet(this::current), key), expected);
        if (stored == null) {
            return invalid(Reason.UNKNOWN, id, "is not known");
        }
        if (secret.isEmpty()) {
            return invalid(Reason.RETIRED, id, "was hashed with a version of the secret that is gone; issue a new one");
        }
        return same ? judge(stored, client) : invalid(Reason.WRONG, id, "has another secret");
    }

    private ApiKeyResult judge(ApiKeyRecord stored, @Nullable IpAddress client) {
        Instant now = clock.instant();
        if (stored.revokedAt() != null) {
            return invalid(Reason.REVOKED, stored.id(), "is revoked");
        }
        if (!stored.enabled()) {
            return invalid(Reason.DISABLED, stored.id(), "is disabled");
        }
        if (stored.grant().endedAt(now)) {
            return invalid(Reason.EXPIRED, stored.id(), "has expired");
        }
        if (!stored.grant().allows(client)) {
            return invalid(
                    Reason.ADDRESS,
                    stored.id(),
                    "is not allowed from " + (client == null ? "an unknown address" : client));
        }
        usage.used(stored.id(), now);
        return new ApiKeyResult.Valid(identity(stored));
    }

    private static Identity identity(ApiKeyRecord stored) {
        ApiKeyGrant grant = stored.grant();
        return Identity.builder(grant.subject(), AuthenticationMethod.API_KEY)
                .tenant(grant.tenant())
                .keyId(stored.id())
                .scopes(grant.scopes())
                .roles(grant.roles())
                .issuedAt(stored.createdAt())
                .expiresAt(grant.expiresAt())
                .build();
    }

    /** To the millisecond, which every store can keep. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    boolean hasEnded(ApiKeyRecord stored) {
        return stored.grant().endedAt(clock.instant());
    }

    /** Tells whether keys hashed with a version of the secret still verify, and whether new ones are hashed with it. */
    ListedApiKey.HashedWith hashedWith(ApiKeyRecord stored) {
        if (stored.secretKeyId().equals(current().keyId())) {
            return ListedApiKey.HashedWith.CURRENT;
        }
        boolean known = secrets.version(SECRET_NAME, stored.secretKeyId()).isPresent();
        return known ? ListedApiKey.HashedWith.OLDER : ListedApiKey.HashedWith.GONE;
    }

    private Secret current() {
        return secrets.current(SECRET_NAME)
                .orElseThrow(() -> new IllegalStateException("the secret '" + SECRET_NAME + "' is gone"));
    }

    private static byte[] hash(Secret secret, String key) {
        return secret.hmacSha256(key.getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiKeyResult.Invalid invalid(Reason reason, String id, String what) {
        return new ApiKeyResult.Invalid(reason, "API key " + id + " " + what);
    }
}
