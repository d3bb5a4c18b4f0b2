package io.apiguard.extension.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.ApiKeyResult;
import io.apiguard.authn.apikey.ApiKeys;
import io.apiguard.extension.jdbc.JdbcApiKeyRepository;
import io.apiguard.http.IpAddress;
import io.apiguard.secret.SecretSources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SECRET = "hex:" + "11".repeat(32);
    private static EmbeddedPostgres postgres;

    @TempDir
    private Path dir;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("API_GUARD_SECRET_API_KEYS", "v1=" + SECRET, UrlDataSource.USER, "postgres"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        run(JdbcApiKeyRepository.schema());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("TRUNCATE api_guard_api_key");
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int run(List<String> place, String command, String... rest) {
        List<String> line = new ArrayList<>(List.of("keys", command));
        line.addAll(place);
        line.addAll(List.of(rest));
        return line(line.toArray(String[]::new));
    }

    private int line(String... line) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(environment, () -> NOW, new PrintWriter(out, true), new PrintWriter(err, true), line);
    }

    private static List<String> database() {
        return List.of("--jdbc-url", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
    }

    private Path path() {
        return dir.resolve("keys.yaml");
    }

    private List<String> file() {
        return List.of("--file", path().toString());
    }

    private String issue(List<String> place, String... rest) {
        assertThat(run(place, "issue", rest)).as(err.toString()).isEqualTo(Main.DONE);
        String key = out.toString().strip();
        assertThat(out.toString()).isEqualTo(key + System.lineSeparator());
        assertThat(err.toString()).contains(id(key)).doesNotContain(key);
        return key;
    }

    private static String id(String key) {
        return key.substring(3, 19);
    }

    private ApiKeyResult verify(ApiKeyRepository repository, String key) {
        return ApiKeys.using(SecretSources.environment(environment), repository)
                .withClock(() -> NOW)
                .verify(key, IpAddress.parse("10.1.2.3").orElseThrow());
    }

    private static ApiKeyRepository jdbc() {
        return JdbcApiKeyRepository.on(postgres.getPostgresDatabase());
    }

    @Test
    void issue_inTheDatabase_verifies() {
        String key = issue(
                database(),
                "--subject",
                "job",
                "--tenant",
                "acme",
                "--scope",
                "a,b",
                "--scope",
                "c",
                "--role",
                "clerk",
                "--allow",
                "10.0.0.0/8",
                "--expires",
                "2027-01-01T00:00:00Z");
        assertThat(verify(jdbc(), key)).isInstanceOfSatisfying(ApiKeyResult.Valid.class, valid -> {
            assertThat(valid.identity().scopes()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(valid.identity().tenant()).contains("acme");
            assertThat(valid.identity().issuedAt()).contains(NOW);
        });
    }

    @Test
    void list_database_hasALineForEachKey() {
        String key = issue(database(), "--subject", "a\u001b[2Jb\tc");
        assertThat(run(database(), "list")).isZero();
        assertThat(out.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(line.split("\t"))
                .hasSize(12));
        assertThat(out.toString()).contains(id(key) + "\tactive\ta?[2Jb?c\t-").doesNotContain(key);
    }

    @Test
    void rotateAndRevoke_inTheDatabase_takeEffect() {
        String old = issue(database(), "--subject", "job");
        assertThat(run(database(), "rotate", id(old), "--overlap", "PT1H")).isZero();
        String next = out.toString().strip();
        assertThat(verify(jdbc(), old)).isInstanceOf(ApiKeyResult.Valid.class);
        assertThat(run(database(), "rotate", id(old), "--overlap", "PT1H")).isEqualTo(Main.REFUSED);
        assertThat(run(database(), "revoke", id(old), id(next))).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(verify(jdbc(), old)).isInstanceOf(ApiKeyResult.Invalid.class);
        assertThat(verify(jdbc(), next)).isInstanceOf(ApiKeyResult.Invalid.class);
    }

    @Test
    void issueRotateRevoke_inAFile_isWhatTheGuardReads() throws IOException {
        String first = issue(file(), "--subject", "quote \" and \\ and \u00fc and \ud83d\ude00", "--scope", "a,b");
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r-----"));
        String second = issue(file(), "--subject", "job", "--role", "clerk", "--tenant", "acme");
        assertThat(verify(new FileApiKeyRepository(path()), first)).isInstanceOf(ApiKeyResult.Valid.class);
        assertThat(run(file(), "rotate", id(second), "--overlap", "PT1H")).isZero();
        assertThat(run(file(), "list")).isZero();
        assertThat(out.toString().lines()).hasSize(4);
        assertThat(out.toString()).contains("2026-03-01T13:00:00Z", "quote \" and");
        assertThat(run(file(), "revoke", id(first))).isZero();
        assertThat(verify(new FileApiKeyRepository(path()), first))
                .isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(ApiKeyResult.Reason.UNKNOWN));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-r-----");
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(path());
        }
    }

    @Test
    void revoke_lastKeyOfAFile_leavesAReadableFile() {
        String key = issue(file(), "--subject", "job");
        assertThat(run(file(), "revoke", id(key))).isZero();
        assertThat(run(file(), "list")).isZero();
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void issue_addressesInAFile_areKept() throws IOException {
        String near = issue(file(), "--subject", "job", "--allow", "10.0.0.0/8,2001:db8::/32");
        String far = issue(file(), "--subject", "job", "--allow", "192.0.2.1");
        assertThat(Files.readString(path())).contains("allowed-addresses:\n      - \"10.0.0.0/8\"");
        FileApiKeyRepository repository = new FileApiKeyRepository(path());
        assertThat(verify(repository, near)).isInstanceOf(ApiKeyResult.Valid.class);
        assertThat(verify(repository, far))
                .isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(ApiKeyResult.Reason.ADDRESS));
    }

    @Test
    void rotate_keyOfAFile_keepsWhenItWasMadeAndWhatReplacesIt() throws IOException {
        String old = issue(file(), "--subject", "job", "--allow", "10.0.0.0/8");
        assertThat(run(file(), "rotate", id(old), "--overlap", "PT1H")).isZero();
        String next = out.toString().strip();
        assertThat(Files.readString(path()))
                .contains("created: \"2026-03-01T12:00:00Z\"", "replaced-by: \"" + id(next) + "\"");
        assertThat(verify(new FileApiKeyRepository(path()), next)).isInstanceOf(ApiKeyResult.Valid.class);
        assertThat(run(file(), "rotate", id(old), "--overlap", "PT1H")).isEqualTo(Main.REFUSED);
    }

    @Test
    void list_disabledKeyOfAFile_staysDisabled() throws IOException {
        String key = issue(file(), "--subject", "job");
        Files.writeString(path(), Files.readString(path()) + "    enabled: false\n");
        issue(file(), "--subject", "other");
        assertThat(Files.readString(path())).contains("enabled: \"false\"");
        assertThat(verify(new FileApiKeyRepository(path()), key))
                .isInstanceOfSatisfying(ApiKeyResult.Invalid.class, invalid -> assertThat(invalid.reason())
                        .isEqualTo(ApiKeyResult.Reason.DISABLED));
    }

    @Test
    void issue_fileBeingWritten_isUnavailable() throws IOException {
        Files.createFile(dir.resolve(".keys.yaml.lock.yaml"));
        assertThat(run(file(), "issue", "--subject", "job")).isEqualTo(Main.UNAVAILABLE);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void list_fileOfSomethingElse_isUnavailable() throws IOException {
        Files.writeString(path(), "doors: 2\n");
        assertThat(run(file(), "list")).isEqualTo(Main.UNAVAILABLE);
        assertThat(run(List.of("--file", "keys.properties"), "list")).isEqualTo(Main.UNAVAILABLE);
    }

    @Test
    void issue_secretFromADirectory_isUsed() throws IOException {
        environment.remove("API_GUARD_SECRET_API_KEYS");
        Path secrets = Files.createDirectory(dir.resolve("secrets"));
        Files.writeString(secrets.resolve("api-keys.v7"), SECRET);
        issue(file(), "--subject", "job", "--secrets-directory", secrets.toString());
        assertThat(run(file(), "list", "--secrets-directory", secrets.toString()))
                .isZero();
        assertThat(out.toString()).contains("v7 (current)");
    }

    @Test
    void list_secretOrDatabaseMissing_isUnavailable() throws SQLException {
        List<String> nowhere = List.of("--jdbc-url", "jdbc:postgresql://localhost:1/postgres");
        assertThat(run(nowhere, "list")).isEqualTo(Main.UNAVAILABLE);
        assertThat(run(List.of("--jdbc-url", "jdbc:none:x"), "list")).isEqualTo(Main.UNAVAILABLE);
        environment.put("API_GUARD_SECRET_API_KEYS", "v1=hex:11");
        assertThat(run(database(), "list")).isEqualTo(Main.UNAVAILABLE);
        environment.remove("API_GUARD_SECRET_API_KEYS");
        assertThat(run(database(), "list")).isEqualTo(Main.UNAVAILABLE);
        assertThat(err.toString()).contains("API_GUARD_SECRET_API_KEYS");
    }

    @Test
    void change_unknownKey_isRefused() {
        assertThat(run(database(), "revoke", "none")).isEqualTo(Main.REFUSED);
        assertThat(run(database(), "rotate", "none", "--overlap", "PT0S")).isEqualTo(Main.REFUSED);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void keys_anyOutcome_hasACodeOfItsOwn() throws IOException {
        String key = issue(file(), "--subject", "job");

        assertThat(run(file(), "revoke", id(key))).isEqualTo(0);
        assertThat(run(file(), "revoke")).as("no id").isEqualTo(1);
        assertThat(run(file(), "list", "--colour")).as("no such option").isEqualTo(1);
        assertThat(run(file(), "rotate", "none", "--overlap", "long"))
                .as("no duration")
                .isEqualTo(1);
        assertThat(run(file(), "revoke", "none")).as("no such key").isEqualTo(3);
        Files.writeString(path(), "doors: 2\n");
        assertThat(run(file(), "revoke", id(key))).as("no file of keys").isEqualTo(4);
    }

    @Test
    void line_wrong_isToldOnStandardErrorOnly() {
        List<String[]> lines = List.of(
                new String[] {},
                new String[] {"keys"},
                new String[] {"keys", "steal"},
                new String[] {"keys", "list"},
                new String[] {"keys", "list", "--file", "a.yaml", "--jdbc-url", "b"},
                new String[] {"keys", "issue", "--file", "a.yaml"},
                new String[] {"keys", "issue", "--file", "a.yaml", "--subject", "a", "--allow", "10.0.0.1/8"},
                new String[] {"keys", "issue", "--file", "a.yaml", "--subject", "a", "--expires", "tomorrow"},
                new String[] {"keys", "revoke", "--file", "a.yaml"});
        for (String[] line : lines) {
            assertThat(line(line)).as(String.join(" ", line)).isEqualTo(Main.FAILED);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString()).isNotEmpty();
        }
        assertThat(line("keys", "issue", "--help")).isZero();
        assertThat(out.toString()).contains("--subject");
    }
}
