package io.apiguard.authn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.apikey.ApiKeyResult.Reason;
import io.apiguard.http.AddressBlock;
import io.apiguard.http.IpAddress;
import io.apiguard.identity.AuthenticationMethod;
import io.apiguard.identity.Identity;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Secret OLD = secret("v1", 1);
    private static final Secret NEW = secret("v2", 2);

    private final Map<String, ApiKeyRecord> records = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final ApiKeyStore store = id -> {
        asked.incrementAndGet();
        return Optional.ofNullable(records.get(id));
    };
    private final ApiKeys keys = keys(OLD);

    private static Secret secret(String keyId, int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new Secret(ApiKeys.SECRET_NAME, keyId, bytes);
    }

    private ApiKeys keys(Secret... secrets) {
        return ApiKeys.using(SecretSources.of(secrets), store).withClock(() -> NOW);
    }

    private IssuedApiKey issue(ApiKeyGrant grant) {
        IssuedApiKey issued = keys.issue(grant);
        records.put(issued.stored().id(), issued.stored());
        return issued;
    }

    private static void refused(ApiKeys by, String key, Reason reason) {
        assertThat(by.verify(key)).isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> {
            assertThat(invalid.reason()).isEqualTo(reason);
            assertThat(reason.code()).startsWith("api_key.");
            assertThat(key.length() < 60 || !invalid.detail().contains(key.substring(20)))
                    .isTrue();
        });
    }

    @Test
    void verify_issuedKey_isItsOwner() {
        IssuedApiKey issued = issue(ApiKeyGrant.to("job")
                .inTenant("acme")
                .withScopes("orders:read")
                .withRoles("clerk")
                .until(NOW.plusSeconds(1)));
        Identity identity = ((ApiKeyResult.Valid) keys.verify(issued.key())).identity();
        assertThat(identity.subject()).isEqualTo("job");
        assertThat(identity.method()).isEqualTo(AuthenticationMethod.API_KEY);
        assertThat(identity.tenant()).contains("acme");
        assertThat(identity.scopes()).containsExactly("orders:read");
        assertThat(identity.roles()).containsExactly("clerk");
        assertThat(identity.keyId()).contains(issued.stored().id());
        assertThat(identity.expiresAt()).contains(NOW.plusSeconds(1));
        assertThat(identity.issuer()).isEmpty();
    }

    @Test
    void issue_key_hasTheDocumentedFormAndIsNotStored() {
        IssuedApiKey issued = keys.withPrefix("shop1").issue(ApiKeyGrant.to("job"));
        assertThat(issued.key()).matches("shop1_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}");
        assertThat(issued.stored().id()).isEqualTo(issued.key().substring(6, 22));
        String secret = issued.key().substring(23);
        assertThat(issued.toString())
                .doesNotContain(secret)
                .contains(issued.stored().id());
        assertThat(issued.stored().toString())
                .doesNotContain(secret)
                .doesNotContain(issued.stored().hash());
        assertThat(issued.stored().hash())
                .isNotEqualTo(keys(NEW).issue(ApiKeyGrant.to("job")).stored().hash());
    }

    @Test
    void verify_expiryAtItsInstant_isExclusive() {
        String key = issue(ApiKeyGrant.to("job").until(NOW)).key();
        refused(keys, key, Reason.EXPIRED);
        assertThat(keys.withClock(() -> NOW.minusNanos(1)).verify(key)).isInstanceOf(ApiKeyResult.Valid.class);
    }

    @Test
    void verify_disabledKey_isRefused() {
        IssuedApiKey issued = issue(ApiKeyGrant.to("job"));
        records.put(issued.stored().id(), issued.stored().disabled());
        refused(keys, issued.key(), Reason.DISABLED);
    }

    @Test
    void verify_revokedKey_isRefusedWhateverElseItIs() {
        IssuedApiKey issued = issue(ApiKeyGrant.to("job").until(NOW));
        records.put(issued.stored().id(), issued.stored().disabled().revoked(NOW));
        refused(keys, issued.key(), Reason.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3", "2001:db8::1"})
    void verify_fromAnAllowedAddress_isTaken(String client) {
        String key = issue(bound()).key();
        assertThat(keys.verify(key, IpAddress.parse(client).orElseThrow())).isInstanceOf(ApiKeyResult.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.255.255.255", "11.0.0.0", "2001:db9::1", "::1", "::10.0.0.1"})
    void verify_fromAnotherAddress_isRefused(String client) {
        String key = issue(bound()).key();
        assertThat(keys.verify(key, IpAddress.parse(client).orElseThrow()))
                .isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(Reason.ADDRESS));
    }

    @Test
    void verify_boundKeyFromAnUnknownAddress_isRefused() {
        refused(keys, issue(bound()).key(), Reason.ADDRESS);
    }

    @Test
    void verify_freeKeyFromAnyAddress_isTaken() {
        String key = issue(ApiKeyGrant.to("job")).key();
        assertThat(keys.verify(key, IpAddress.parse("::1").orElseThrow())).isInstanceOf(ApiKeyResult.Valid.class);
    }

    private static ApiKeyGrant bound() {
        return ApiKeyGrant.to("job").onlyFrom(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("2001:db8::/32"));
    }

    @Test
    void verify_goodKey_tellsOfItsUseAndOfNoOther() {
        Map<String, Instant> used = new HashMap<>();
        ApiKeys told = keys.withUsage(used::put);
        told.verify(issue(ApiKeyGrant.to("job").until(NOW)).key());
        told.verify(issue(bound()).key());
        told.verify(keys.issue(ApiKeyGrant.to("job")).key());
        assertThat(used).isEmpty();
        IssuedApiKey good = issue(ApiKeyGrant.to("job"));
        told.verify(good.key());
        assertThat(used).containsExactly(Map.entry(good.stored().id(), NOW));
    }

    @Test
    void verify_storeThrowsAnError_isUnavailable() {
        ApiKeys by = ApiKeys.using(SecretSources.of(OLD), id -> {
            throw new NoClassDefFoundError("driver");
        });
        assertThat(by.verify(keys.issue(ApiKeyGrant.to("job")).key())).isInstanceOf(ApiKeyResult.Unavailable.class);
    }

    @Test
    void verify_unknownKey_isRefused() {
        refused(keys, keys.issue(ApiKeyGrant.to("job")).key(), Reason.UNKNOWN);
        assertThat(asked).hasValue(1);
    }

    @Test
    void verify_recordOfAnotherKey_isRefused() {
        IssuedApiKey one = issue(ApiKeyGrant.to("job"));
        IssuedApiKey other = keys.issue(ApiKeyGrant.to("job"));
        records.put(
                other.stored().id(),
                new ApiKeyRecord(
                        other.stored().id(),
                        one.stored().hash(),
                        "v1",
                        one.stored().grant(),
                        true));
        refused(keys, other.key(), Reason.WRONG);
    }

    @Test
    void verify_refusedKey_doesNotSayWhetherItIsDisabled() {
        IssuedApiKey one = issue(ApiKeyGrant.to("job").until(NOW));
        IssuedApiKey other = keys.issue(ApiKeyGrant.to("job"));
        records.put(
                other.stored().id(),
                new ApiKeyRecord(
                        other.stored().id(),
                        one.stored().hash(),
                        "v1",
                        one.stored().grant(),
                        false));
        refused(keys, other.key(), Reason.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "ag", "ag_", "ag__", "ag_a_b", "AG_", "\u00e9"})
    void verify_noKey_isMalformedWithoutAskingTheStore(String key) {
        refused(keys, key, Reason.MALFORMED);
        assertThat(asked).hasValue(0);
    }

    @Test
    void verify_keyOfAnotherPrefixOrLength_isMalformed() {
        String key = issue(ApiKeyGrant.to("job")).key();
        refused(keys.withPrefix("zz"), key, Reason.MALFORMED);
        refused(keys, key + "0", Reason.MALFORMED);
        refused(keys, key.substring(1), Reason.MALFORMED);
        refused(keys, " " + key.substring(1), Reason.MALFORMED);
        assertThat(asked).hasValue(0);
    }

    @Property(tries = 300)
    void verify_anyOneCharacterChanged_isToldWithoutTheStore(
            @ForAll @IntRange(min = 0, max = 68) int at, @ForAll @IntRange(min = 1, max = 61) int by) {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        String key = issue(ApiKeyGrant.to("job")).key();
        assertThat(key).hasSize(69);
        int old = alphabet.indexOf(key.charAt(at));
        char changed = alphabet.charAt((Math.max(old, 0) + by) % alphabet.length());
        int before = asked.get();
        refused(keys, key.substring(0, at) + changed + key.substring(at + 1), Reason.MALFORMED);
        assertThat(asked).hasValue(before);
        assertThat(keys.verify(key)).isInstanceOf(ApiKeyResult.Valid.class);
    }

    @Test
    void verify_afterRotation_takesOldAndNewKeys() {
        String before = issue(ApiKeyGrant.to("job")).key();
        ApiKeys rotated = keys(NEW, OLD);
        IssuedApiKey after = rotated.issue(ApiKeyGrant.to("job"));
        records.put(after.stored().id(), after.stored());
        assertThat(after.stored().secretKeyId()).isEqualTo("v2");
        assertThat(rotated.verify(before)).isInstanceOf(ApiKeyResult.Valid.class);
        assertThat(rotated.verify(after.key())).isInstanceOf(ApiKeyResult.Valid.class);
        refused(keys(NEW), before, Reason.RETIRED);
    }

    @Test
    void verify_storeFails_isUnavailable() {
        ApiKeyStore broken = id -> {
            throw new IllegalStateException("jdbc:secret");
        };
        ApiKeys by = ApiKeys.using(SecretSources.of(OLD), broken);
        assertThat(by.verify(keys.issue(ApiKeyGrant.to("job")).key()))
                .isInstanceOfSatisfying(ApiKeyResult.Unavailable.class, unavailable -> {
                    assertThat(unavailable.retryAfter()).isPositive();
                    assertThat(unavailable.detail()).doesNotContain("jdbc");
                });
    }

    @Test
    void verify_unknownId_hashesAsForAKnownOne() { // CVE-2026-23901
        AtomicInteger used = new AtomicInteger();
        SecretSource counting = new SecretSource() {
            @Override
            public Optional<Secret> current(String name) {
                used.incrementAndGet();
                return Optional.of(OLD);
            }

            @Override
            public Optional<Secret> version(String name, String keyId) {
                used.incrementAndGet();
                return Optional.of(OLD);
            }
        };
        ApiKeys by = ApiKeys.using(counting, store);
        String known = issue(ApiKeyGrant.to("job")).key();
        String unknown = keys.issue(ApiKeyGrant.to("job")).key();
        used.set(0);
        by.verify(known);
        by.verify(unknown);
        assertThat(used).hasValue(2);
    }

    @Test
    void of_collection_findsByIdAndRefusesTwins() {
        ApiKeyRecord stored = keys.issue(ApiKeyGrant.to("job")).stored();
        assertThat(ApiKeyStore.of(List.of(stored)).find(stored.id())).contains(stored);
        assertThat(ApiKeyStore.of(List.of(stored)).find("x")).isEmpty();
    }

    @Test
    void using_withoutTheSecret_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeys.using(SecretSources.of(), store))
                .withMessageContaining("api-keys")
                .withMessageContaining("API_GUARD_SECRET_API_KEYS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "A1", "1a", "a_b", "aaaaaaaaaaaaaaaaa", "a-b"})
    void withPrefix_malformed_isRefused(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> keys.withPrefix(prefix));
    }

    @Test
    void record_malformed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKeyRecord("id", "zz", "v1", ApiKeyGrant.to("a"), true));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiKeyGrant.to(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeyGrant.to("a").withScopes("a\nb"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeyGrant.to("a").withRoles(" "));
        AddressBlock[] blocks = IntStream.range(0, 65)
                .mapToObj(i -> AddressBlock.parse("10.0.0." + i))
                .toArray(AddressBlock[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeyGrant.to("a").onlyFrom(blocks));
        assertThat(keys.withRandom(new SecureRandom())
                        .issue(ApiKeyGrant.to("a"))
                        .key())
                .isNotBlank();
    }
}
