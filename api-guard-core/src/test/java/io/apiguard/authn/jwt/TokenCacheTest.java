package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.token;
import static io.apiguard.authn.jwt.Tokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.jose.TokenDigest;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of tokens, for how many, and until when. */
class TokenCacheTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final Object OWNER = new Object();

    private final SecureRandom random = new SecureRandom();
    private final VerifiedJwt jwt = verified(token().text());

    private static VerifiedJwt verified(String text) {
        return ((JwtResult.Valid) verifier().build().verify(text)).token();
    }

    private TokenCache cache(int size, int bytes) {
        return Objects.requireNonNull(TokenCache.of(size, bytes, random));
    }

    private TokenCache.Entry entry(int length) {
        return new TokenCache.Entry(jwt, OWNER, 0, length);
    }

    private void fill(TokenCache cache, int count, int length) {
        for (int i = 0; i < count; i++) {
            cache.store(cache.key("token " + i), entry(length), cache.round());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void store_moreThanTheCount_holdsNoMore(int size) {
        TokenCache cache = cache(size, MEGABYTE);
        fill(cache, size * 3, 10);
        assertThat(cache.size()).isBetween(1L, (long) size);
    }

    @Test
    void store_moreThanTheBytes_holdsNoMore() {
        TokenCache cache = cache(1_000_000, MEGABYTE);
        fill(cache, 1_000, 10_000);
        assertThat(cache.size() * entry(10_000).bytes()).isBetween(1L, (long) MEGABYTE);
    }

    @Test
    void find_otherOwnerOrGeneration_isForgotten() {
        TokenCache cache = cache(10, MEGABYTE);
        TokenDigest.Key key = cache.key("a");
        cache.store(key, entry(1), cache.round());
        assertThat(cache.find(key, OWNER, 0)).isSameAs(jwt);
        assertThat(cache.find(key, new Object(), 0)).isNull();
        assertThat(cache.find(key, OWNER, 0)).isNull();
        cache.store(key, entry(1), cache.round());
        assertThat(cache.find(key, OWNER, 1)).isNull();
    }

    @Test
    void key_ofTwoCaches_differs() {
        assertThat(cache(1, MEGABYTE).key("a")).isNotEqualTo(cache(1, MEGABYTE).key("a"));
        TokenCache one = cache(1, MEGABYTE);
        assertThat(one.key("a")).isEqualTo(one.key("a")).isNotEqualTo(one.key("b"));
    }

    @Test
    void store_ofATokenLookedAtBeforeForget_isDropped() {
        TokenCache cache = cache(10, MEGABYTE);
        long before = cache.round();
        cache.forget(entry -> false);
        cache.store(cache.key("a"), entry(1), before);
        assertThat(cache.find(cache.key("a"), OWNER, 0)).isNull();
    }

    @Test
    void forget_bySubject_hitsThatSubjectAlone() {
        JwtVerifier verifier = verifier().build();
        String alice = token().text();
        String bob = token().claim("sub", "bob").text();
        JwtResult first = verifier.verify(alice);
        JwtResult second = verifier.verify(bob);
        verifier.forget(identity -> identity.subject().equals("bob"));
        assertThat(verifier.verify(alice)).isEqualTo(first);
        assertThat(verifier.verify(bob)).isNotEqualTo(second).isInstanceOf(JwtResult.Valid.class);
        verifier.forgetAll();
        assertThat(verifier.verify(alice)).isNotEqualTo(first).isInstanceOf(JwtResult.Valid.class);
    }

    @Test
    void forget_withoutACache_doesNothing() {
        JwtVerifier verifier = verifier().cacheSize(0).build();
        verifier.forgetAll();
        assertThat(verifier.verify(token().text())).isInstanceOf(JwtResult.Valid.class);
    }

    @Test
    void of_sizeOutOfBounds_isRefused() {
        assertThat(TokenCache.of(0, MEGABYTE, random)).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> TokenCache.of(-1, MEGABYTE, random));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenCache.of(1_000_001, MEGABYTE, random));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenCache.of(1, 64 * 1024 - 1, random));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenCache.of(1, (1 << 30) + 1, random));
        cache(1_000_000, 1 << 30);
    }
}
