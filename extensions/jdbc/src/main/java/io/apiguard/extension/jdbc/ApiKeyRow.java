package io.apiguard.extension.jdbc;

import io.apiguard.authn.apikey.ApiKeyGrant;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.http.AddressBlock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record of an API key as a row; columns are counted in the order of {@link #COLUMNS}. */
final class ApiKeyRow {

    static final String COLUMNS =
            "id, hash, secret_key_id, subject, tenant, scopes, roles, allowed_addresses, expires_at,"
                    + " enabled, created_at, last_used_at, revoked_at, replaced_by, version";

    private ApiKeyRow() {}

    static ApiKeyRecord read(ResultSet row) throws SQLException {
        return new ApiKeyRecord(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                grant(row),
                row.getBoolean(10),
                instant(row, 11),
                instant(row, 12),
                instant(row, 13),
                row.getString(14),
                row.getLong(15));
    }

    private static ApiKeyGrant grant(ResultSet row) throws SQLException {
        return new ApiKeyGrant(
                row.getString(4),
                row.getString(5),
                lines(row.getString(6)).collect(Collectors.toSet()),
                lines(row.getString(7)).collect(Collectors.toSet()),
                instant(row, 9),
                blocks(row.getString(8)));
    }

    private static Set<AddressBlock> blocks(String text) {
        return lines(text).map(AddressBlock::parse).collect(Collectors.toSet());
    }

    private static Stream<String> lines(String text) {
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split("\n", -1));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static void write(ApiKeyRecord record, PreparedStatement to) throws SQLException {
        to.setString(1, record.id());
        to.setString(2, record.hash());
        to.setString(3, record.secretKeyId());
        writeGrant(record.grant(), to, 4);
        to.setBoolean(10, record.enabled());
        setInstant(to, 11, record.createdAt());
        setInstant(to, 12, record.lastUsedAt());
        setInstant(to, 13, record.revokedAt());
        to.setString(14, record.replacedBy());
        to.setLong(15, record.version());
    }

    /** Six columns from the given one on: subject, tenant, scopes, roles, allowed_addresses, expires_at. */
    private static void writeGrant(ApiKeyGrant grant, PreparedStatement to, int first) throws SQLException {
        to.setString(first, grant.subject());
        to.setString(first + 1, grant.tenant());
        to.setString(first + 2, text(grant.scopes()));
        to.setString(first + 3, text(grant.roles()));
        to.setString(
                first + 4,
                text(grant.allowedAddresses().stream()
                        .map(AddressBlock::toString)
                        .toList()));
        setInstant(to, first + 5, grant.expiresAt());
    }

    static void writeChange(ApiKeyRecord expected, ApiKeyRecord changed, PreparedStatement to) throws SQLException {
        writeGrant(changed.grant(), to, 1);
        to.setBoolean(7, changed.enabled());
        setInstant(to, 8, changed.revokedAt());
        to.setString(9, changed.replacedBy());
        to.setString(10, expected.id());
        to.setLong(11, expected.version());
    }

    static void writeUse(String id, Instant at, PreparedStatement to) throws SQLException {
        setInstant(to, 1, at);
        to.setString(2, id);
        setInstant(to, 3, at);
    }

    private static String text(Collection<String> lines) {
        return String.join("\n", new TreeSet<>(lines));
    }

    /** Cut to what the column holds: PostgreSQL would round, and a key would live on past its end. */
    private static void setInstant(PreparedStatement to, int column, @Nullable Instant at) throws SQLException {
        if (at == null) {
            to.setNull(column, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            to.setObject(column, at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        }
    }
}
