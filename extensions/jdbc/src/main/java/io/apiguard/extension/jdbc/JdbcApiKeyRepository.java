package io.apiguard.extension.jdbc;

import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * API keys in the table {@code api_guard_api_key} of a database. The table is made by the application, from the resource {@code
 * api-keys-postgresql.sql} of this package; {@link #schema()} returns its text.
 *
 * <p>Tested on PostgreSQL. Every statement is prepared; times are kept to the microsecond, what is finer is cut off. Immutable and
 * thread-safe if the data source is. It asks the database every time: on the path of requests put it behind a {@link
 * io.apiguard.authn.apikey.CachingApiKeyStore}, and take connections from a pool that does not wait for one for long.
 *
 * <pre>{@code
 * JdbcApiKeyRepository repository = JdbcApiKeyRepository.on(dataSource);
 * ApiKeys keys = ApiKeys.using(secrets, CachingApiKeyStore.over(repository));
 * ApiKeyAdmin admin = ApiKeyAdmin.of(keys, repository);
 * }</pre>
 *
 * <p>Methods throw {@link IllegalStateException} if the database does not answer; its message names the SQL state, never a value.
 */
public final class JdbcApiKeyRepository implements ApiKeyRepository {

    /** How long the database may take for one statement if nothing else is set: two seconds. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private static final String COLUMNS = ApiKeyRow.COLUMNS;
    private static final String FIND = "SELECT " + COLUMNS + " FROM api_guard_api_key WHERE id = ?";
    private static final String LIST = "SELECT " + COLUMNS + " FROM api_guard_api_key WHERE id > ? ORDER BY id";
    private static final String INSERT =
            "INSERT INTO api_guard_api_key (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE api_guard_api_key SET subject = ?, tenant = ?, scopes = ?, roles = ?,"
            + " allowed_addresses = ?, expires_at = ?, enabled = ?, revoked_at = ?, replaced_by = ?, version = version + 1"
            + " WHERE id = ? AND version = ? AND revoked_at IS NULL";
    private static final String TOUCH = "UPDATE api_guard_api_key SET last_used_at = ?"
            + " WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)";
    private static final int LARGEST_BATCH = 500;

    private final DataSource dataSource;
    private final int timeoutSeconds;

    private JdbcApiKeyRepository(DataSource dataSource, int timeoutSeconds) {
        this.dataSource = dataSource;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Returns a repository in a database.
     *
     * @param dataSource gives connections to it, which are closed after every use
     */
    public static JdbcApiKeyRepository on(DataSource dataSource) {
        return new JdbcApiKeyRepository(dataSource, (int) DEFAULT_TIMEOUT.toSeconds());
    }

    /**
     * Returns the same with another time-out.
     *
     * @param timeout how long the database may take for one statement, 1 to 60 seconds, in whole seconds
     * @throws IllegalArgumentException if it is anything else
     */
    public JdbcApiKeyRepository withTimeout(Duration timeout) {
        long seconds = timeout.toSeconds();
        if (seconds < 1 || seconds > 60 || !timeout.equals(Duration.ofSeconds(seconds))) {
            throw new IllegalArgumentException("a statement may take 1 to 60 whole seconds, not " + timeout);
        }
        return new JdbcApiKeyRepository(dataSource, (int) seconds);
    }

    /** Returns the statements that make the table and its indexes on PostgreSQL. */
    public static String schema() {
        return SchemaText.read("api-keys-postgresql.sql");
    }

    /** What is done in one transaction; all of it is undone if it returns {@code false} or throws. */
    @FunctionalInterface
    private interface Work {
        boolean on(Connection connection) throws SQLException;
    }

    @Override
    public Optional<ApiKeyRecord> find(String id) {
        List<ApiKeyRecord> found = select(FIND, id, 1);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    @Override
    public List<ApiKeyRecord> list(String after, int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " API keys, not " + limit);
        }
        return select(LIST, after, limit);
    }

    private List<ApiKeyRecord> select(String sql, String id, int limit) {
        List<ApiKeyRecord> found = new ArrayList<>();
        inTransaction(connection -> {
            try (PreparedStatement statement = prepare(connection, sql)) {
                statement.setMaxRows(limit);
                statement.setString(1, id);
                return read(statement, found);
            }
        });
        return List.copyOf(found);
    }

    private static boolean read(PreparedStatement statement, List<ApiKeyRecord> into) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                into.add(ApiKeyRow.read(rows));
            }
        }
        return true;
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        return inTransaction(connection -> insert(connection, record));
    }

    @Override
    public boolean update(ApiKeyRecord expected, ApiKeyRecord changed) {
        sameId(expected, changed);
        return inTransaction(connection -> update(connection, expected, changed));
    }

    @Override
    public boolean rotate(ApiKeyRecord expected, ApiKeyRecord changed, ApiKeyRecord successor) {
        sameId(expected, changed);
        return inTransaction(connection -> update(connection, expected, changed) && insert(connection, successor));
    }

    private boolean insert(Connection connection, ApiKeyRecord record) throws SQLException {
        try (PreparedStatement statement = prepare(connection, INSERT)) {
            ApiKeyRow.write(record, statement);
            return statement.executeUpdate() == 1;
        }
    }

    private boolean update(Connection connection, ApiKeyRecord expected, ApiKeyRecord changed) throws SQLException {
        try (PreparedStatement statement = prepare(connection, UPDATE)) {
            ApiKeyRow.writeChange(expected, changed, statement);
            return statement.executeUpdate() == 1;
        }
    }

    private static void sameId(ApiKeyRecord expected, ApiKeyRecord changed) {
        if (!expected.id().equals(changed.id())) {
            throw new IllegalArgumentException("an API key keeps its id: change the record that was read");
        }
    }

    /** In the order of ids, so that two instances that note uses of the same keys never wait for one another in a circle. */
    @Override
    public void touch(Map<String, Instant> lastUsed) {
        List<Map.Entry<String, Instant>> uses = List.copyOf(new TreeMap<>(lastUsed).entrySet());
        for (int from = 0; from < uses.size(); from += LARGEST_BATCH) {
            List<Map.Entry<String, Instant>> batch = uses.subList(from, Math.min(uses.size(), from + LARGEST_BATCH));
            inTransaction(connection -> touch(connection, batch));
        }
    }

    private boolean touch(Connection connection, List<Map.Entry<String, Instant>> uses) throws SQLException {
        try (PreparedStatement statement = prepare(connection, TOUCH)) {
            for (Map.Entry<String, Instant> use : uses) {
                ApiKeyRow.writeUse(use.getKey(), use.getValue(), statement);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return true;
    }

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(timeoutSeconds);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private boolean inTransaction(Work work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return attempt(connection, work);
            } finally {
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            if (isTwin(e)) {
                return false;
            }
            throw new IllegalStateException("the database of API keys failed with SQL state " + e.getSQLState(), e);
        }
    }

    private static boolean attempt(Connection connection, Work work) throws SQLException {
        boolean done = false;
        try {
            done = work.on(connection);
            if (done) {
                connection.commit();
            }
            return done;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    /** A row of that id is there: 23505 in standard SQL, 23000 where the state is no finer. */
    private static boolean isTwin(SQLException e) {
        return "23505".equals(e.getSQLState()) || "23000".equals(e.getSQLState());
    }
}
