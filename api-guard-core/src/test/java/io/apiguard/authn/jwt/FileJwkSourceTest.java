package io.apiguard.authn.jwt;

import static io.apiguard.authn.jwt.Tokens.KEY;
import static io.apiguard.authn.jwt.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.apiguard.authn.jose.JwsAlgorithm;
import io.apiguard.authn.jose.TestKey;
import io.apiguard.authn.jwt.JwkSource.WhenUnreachable;
import io.apiguard.authn.jwt.JwtResult.Reason;
import io.apiguard.event.GuardEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in a file that changes under a verifier; the background is the test's. */
class FileJwkSourceTest {

    private static final TestKey NEXT = TestKey.of("k2", JwsAlgorithm.ES256);

    private final Tokens.Clock clock = new Tokens.Clock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<GuardEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("keys.json");
        Files.writeString(file, TestKey.set(KEY));
    }

    private JwkSource source() {
        return JwkSource.file(file).scheduler(scheduler).listener(events::add).build();
    }

    private JwtVerifier verifier(JwkSource source) {
        return Tokens.verifier().keys(source).clock(clock).build();
    }

    private static String old() {
        return token().text();
    }

    private static String fresh() {
        return token().signedBy(NEXT).text();
    }

    private static void refused(JwtVerifier by, String token, Reason reason) {
        assertThat(by.verify(token))
                .isInstanceOfSatisfying(JwtResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(reason));
    }

    private static void valid(JwtVerifier by, String token) {
        assertThat(by.verify(token)).isInstanceOf(JwtResult.Valid.class);
    }

    @Test
    void find_keyOfTheFile_isThere() {
        JwkSource source = source();
        source.warmUp(WhenUnreachable.REFUSE);
        valid(verifier(source), old());
        refused(verifier(source), fresh(), Reason.UNKNOWN_KEY);
        refused(verifier(source), token().signedBy(NEXT).withoutHeader("kid").text(), Reason.SIGNATURE);
    }

    @Test
    void check_fileChanged_replacesTheKeysAlsoInTheCache() throws IOException {
        JwtVerifier verifier = verifier(source());
        valid(verifier, old());
        Files.writeString(file, TestKey.set(NEXT));
        scheduler.advance(Duration.ofMillis(9_999));
        valid(verifier, old());
        scheduler.advance(Duration.ofMillis(1));
        refused(verifier, old(), Reason.UNKNOWN_KEY);
        valid(verifier, fresh());
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("jwks.changed");
            assertThat(event.message()).contains(file.toString());
        });
    }

    @Test
    void check_keyAdded_keepsTheCache() throws IOException {
        JwtVerifier verifier = verifier(source());
        JwtResult before = verifier.verify(old());
        String text = old();
        JwtResult cached = verifier.verify(text);
        Files.writeString(file, TestKey.set(KEY, NEXT));
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(before).isInstanceOf(JwtResult.Valid.class);
        assertThat(((JwtResult.Valid) verifier.verify(text)).token()).isSameAs(((JwtResult.Valid) cached).token());
        valid(verifier, fresh());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"keys\":{\"k\":\"c2VjcmV0\"}}"})
    void check_badContent_keepsTheLastGoodKeysAndReportsOnce(String content) throws IOException {
        JwtVerifier verifier = verifier(source());
        Files.writeString(file, content);
        scheduler.advance(Duration.ofMinutes(5));
        valid(verifier, old());
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("jwks.file.failed");
            assertThat(event.severity()).isEqualTo(GuardEvent.Severity.WARNING);
            assertThat(event.toString()).doesNotContain("c2Vj");
        });
        Files.writeString(file, TestKey.set(NEXT));
        scheduler.advance(Duration.ofSeconds(10));
        valid(verifier, fresh());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"})
    void check_everyKeyTakenOut_refusesTheirTokens(String content) throws IOException { // CVE-2025-22149
        JwtVerifier verifier = verifier(source());
        valid(verifier, old());
        Files.writeString(file, content);
        scheduler.advance(Duration.ofSeconds(10));
        refused(verifier, old(), Reason.UNKNOWN_KEY);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("jwks.changed");
            assertThat(event.severity()).isEqualTo(GuardEvent.Severity.ERROR);
            assertThat(event.toString()).doesNotContain("c2Vj");
        });
        Files.writeString(file, TestKey.set(NEXT));
        scheduler.advance(Duration.ofSeconds(10));
        valid(verifier, fresh());
    }

    @Test
    void check_fileGoneAndBack_keepsTheKeys() throws IOException {
        JwtVerifier verifier = verifier(source());
        Files.delete(file);
        scheduler.advance(Duration.ofSeconds(30));
        valid(verifier, old());
        Files.writeString(file, TestKey.set(KEY));
        scheduler.advance(Duration.ofSeconds(10));
        Files.delete(file);
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(events).extracting(GuardEvent::name).containsExactly("jwks.file.failed", "jwks.file.failed");
    }

    @Test
    void check_fileGrownOverItsBound_keepsTheKeys() throws IOException {
        String set = TestKey.set(NEXT);
        JwtVerifier verifier = verifier(source());
        Files.writeString(file, set + " ".repeat(JwkFetcher.MAXIMUM_BYTES - set.length() + 1));
        scheduler.advance(Duration.ofSeconds(10));
        valid(verifier, old());
        Files.writeString(file, set + " ".repeat(JwkFetcher.MAXIMUM_BYTES - set.length()));
        scheduler.advance(Duration.ofSeconds(10));
        valid(verifier, fresh());
    }

    @Test
    void check_listenerThrows_goesOn() throws IOException {
        JwtVerifier verifier = verifier(JwkSource.file(file)
                .scheduler(scheduler)
                .listener(event -> {
                    throw new IllegalStateException();
                })
                .build());
        Files.writeString(file, "x");
        scheduler.advance(Duration.ofSeconds(20));
        Files.writeString(file, TestKey.set(NEXT));
        scheduler.advance(Duration.ofSeconds(10));
        valid(verifier, fresh());
    }

    @Test
    void close_endsTheBackground() throws IOException {
        JwkSource source = source();
        source.close();
        source.close();
        Files.writeString(file, TestKey.set(NEXT));
        scheduler.advance(Duration.ofMinutes(1));
        valid(verifier(source), old());
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void build_withItsOwnThread_isClosedWithoutOne() {
        try (JwkSource source =
                JwkSource.file(file).checkEvery(Duration.ofHours(1)).build()) {
            valid(verifier(source), old());
        }
    }

    @Test
    void build_uselessFile_isRefusedByName() throws IOException {
        Files.writeString(file, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(this::source)
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2Vj"));
        Files.delete(file);
        assertThatIllegalArgumentException().isThrownBy(this::source).withMessageContaining("cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwkSource.file(file).checkEvery(Duration.ZERO));
    }
}
