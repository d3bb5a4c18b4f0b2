package io.apiguard.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourcesTest {

    private static final byte[] BYTES = new byte[33];
    private static final String HEX = "hex:" + HexFormat.of().formatHex(BYTES);
    private static final String BASE64 = "base64:" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String URL =
            "base64url:" + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    private static final String VARIABLE = "API_GUARD_SECRET_API_KEYS";

    private static SecretSource environment(String value) {
        return SecretSources.environment(Map.of(VARIABLE, value, "PATH", "/bin"));
    }

    // text

    static Stream<String> forms() {
        return Stream.of(
                HEX,
                HEX.replace("00", "aB").replace("hex:aB", "hex:Ff"),
                BASE64,
                URL,
                "base64:" + "+/+/".repeat(11),
                "base64url:" + "-_-_".repeat(11));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void environment_everyForm_isRead(String text) {
        assertThat(environment(text).current("api-keys"))
                .hasValueSatisfying(secret -> assertThat(secret.keyId()).isEqualTo("1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-in-clear",
                "hex:",
                "hex:0",
                "hex:zz",
                "HEX:00",
                "base64:",
                "base64:AA",
                "base64: AAAA",
                "base64:AAAA\n",
                "base64:AB==",
                "base64:-_-_",
                "base64url:AA==",
                "base64url:+/+/",
                "base64url:AB",
                "base32:AAAA",
                "raw:abc",
                "v1=",
                "v1=plain",
                "=hex:00",
                "v 1=hex:00"
            })
    void environment_otherText_isRefusedWithoutEcho(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> environment(text)).satisfies(e -> {
            assertThat(e.getMessage()).contains(VARIABLE);
            assertThat(e.getMessage()).doesNotContain("clear").doesNotContain("plain");
        });
    }

    @Test
    void environment_shortSecret_isRefused() { // CVE-2026-44699
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment("hex:" + "00".repeat(31)))
                .withMessageContaining(VARIABLE)
                .withMessageContaining("31 bytes")
                .withMessageContaining("32");
    }

    // environment

    @Test
    void environment_versions_firstIsCurrent() {
        SecretSource source = environment("v2=" + BASE64 + ",v1=" + HEX);
        assertThat(source.current("api-keys"))
                .hasValueSatisfying(s -> assertThat(s.keyId()).isEqualTo("v2"));
        assertThat(source.version("api-keys", "v1"))
                .hasValueSatisfying(s -> assertThat(s.bytes()).isEqualTo(BYTES));
        assertThat(source.version("api-keys", "v3")).isEmpty();
        assertThat(source.version("other", "v1")).isEmpty();
        assertThat(source.current("other")).isEmpty();
        assertThat(source.toString()).doesNotContain("AAAA").doesNotContain("0000");
    }

    @Test
    void environment_severalWithoutKeyIdsOrTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment(BASE64 + "," + HEX))
                .withMessageContaining("key id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment("v1=" + BASE64 + ",v1=" + HEX))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> environment("v1=" + BASE64 + ","))
                .withMessageContaining("key id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api_keys", "API-KEYS", "_A", "A__B", "A_"})
    void environment_malformedName_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.environment(Map.of(SecretSources.ENVIRONMENT_PREFIX + name, BASE64)));
    }

    @Test
    void environment_ofTheProcess_isReadable() {
        assertThat(SecretSources.environment().current("no-such-secret")).isEmpty();
    }

    // directory

    private static void write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void directory_oneVersion_isCurrent(@TempDir Path directory) throws IOException {
        write(directory, "api-keys.v1", BASE64 + "\r\n");
        write(directory, ".hidden", "x");
        Files.createDirectory(directory.resolve("..data"));
        Files.createDirectory(directory.resolve("sub"));
        assertThat(SecretSources.directory(directory).current("api-keys")).isPresent();
    }

    @Test
    void directory_versions_currentIsNamed(@TempDir Path directory) throws IOException {
        write(directory, "api-keys.v1", BASE64);
        write(directory, "api-keys.v2", HEX + "\n");
        write(directory, "fingerprints.2026.03", URL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.directory(directory))
                .withMessageContaining("api-keys.current")
                .withMessageContaining("[v1, v2]");
        write(directory, "api-keys.current", "v1\n");
        SecretSource source = SecretSources.directory(directory);
        assertThat(source.current("api-keys"))
                .hasValueSatisfying(s -> assertThat(s.keyId()).isEqualTo("v1"));
        assertThat(source.version("api-keys", "v2")).isPresent();
        assertThat(source.current("fingerprints"))
                .hasValueSatisfying(s -> assertThat(s.keyId()).isEqualTo("2026.03"));
        write(directory, "api-keys.current", "v3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.directory(directory))
                .withMessageContaining("not there");
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                arguments("README", "x", "<name>.<keyId>"),
                arguments("Api.v1", BASE64, "<name>.<keyId>"),
                arguments("api-keys.v1", "", "base64url:"),
                arguments("api-keys.v1", "secret-in-clear", "base64url:"),
                arguments("api-keys.v1", BASE64 + "\n\n", "base64url:"),
                arguments("api-keys.v1", "hex:00", "1 bytes"),
                arguments("api-keys.v1", "hex:" + "00".repeat(3000), "4096"),
                arguments("api-keys.current", "v1", "there is none"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void directory_badFile_isRefusedByName(String name, String text, String message, @TempDir Path directory)
            throws IOException {
        write(directory, name, text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.directory(directory))
                .satisfies(e -> {
                    assertThat(e.getMessage()).contains(name).contains(message);
                    assertThat(e.getMessage()).doesNotContain("in-clear");
                });
    }

    @Test
    void directory_missingOrUnreadable_isRefused(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.directory(missing))
                .withMessageContaining("missing");
        Files.createSymbolicLink(directory.resolve("api-keys.v1"), directory.resolve("gone"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretSources.directory(directory))
                .withMessageContaining("api-keys.v1")
                .withMessageContaining("read it");
    }

    // memory, chance

    @Test
    void of_twoVersions_firstIsCurrent() {
        Secret one = new Secret("a", "1", new byte[32]);
        Secret two = new Secret("a", "2", new byte[32]);
        assertThat(SecretSources.of(two, one).current("a")).contains(two);
        assertThatIllegalArgumentException().isThrownBy(() -> SecretSources.of(one, one));
    }

    @Test
    void ephemeral_everyName_hasItsOwnSecret() {
        SecretSource source = SecretSources.ephemeral(new SecureRandom());
        Secret a = source.current("a").orElseThrow();
        assertThat(source.current("a")).contains(a);
        assertThat(source.version("a", a.keyId())).contains(a);
        assertThat(source.version("a", "x")).isEmpty();
        assertThat(source.version("b", a.keyId())).isEmpty();
        assertThat(source.current("b").orElseThrow().bytes()).isNotEqualTo(a.bytes());
    }

    // secret, fingerprint

    @Test
    void hmacSha256_vectorOfRfc4231_isEqual() { // test case 6: a key longer than a block
        byte[] key = new byte[131];
        java.util.Arrays.fill(key, (byte) 0xaa);
        byte[] mac = new Secret("a", "1", key)
                .hmacSha256(
                        "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @Test
    void secret_toStringAndShortKey_showNoBytes() {
        Secret secret = new Secret("a", "1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        assertThat(secret.toString()).isEqualTo("Secret[a, key id 1]");
        assertThatIllegalArgumentException().isThrownBy(() -> new Secret("a", "1", new byte[31]));
    }

    @Test
    void fingerprint_isKeyIdAndHalfAHash() {
        Secret secret = new Secret(Fingerprint.SECRET_NAME, "v1", new byte[32]);
        Fingerprint fingerprint = Fingerprint.with(SecretSources.of(secret));
        String expected = HexFormat.of().formatHex(secret.hmacSha256("token".getBytes(StandardCharsets.UTF_8)), 0, 16);
        assertThat(fingerprint.of("token")).isEqualTo("v1:" + expected);
        assertThat(fingerprint.of("other")).isNotEqualTo(fingerprint.of("token"));
        assertThat(Fingerprint.ephemeral(new SecureRandom()).of("token"))
                .startsWith("tmp-")
                .isNotEqualTo(fingerprint.of("token"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.with(SecretSources.of()))
                .withMessageContaining("fingerprints");
    }
}
