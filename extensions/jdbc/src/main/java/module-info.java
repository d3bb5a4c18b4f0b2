/** API keys in a database, over plain JDBC. */
@org.jspecify.annotations.NullMarked
module io.apiguard.extension.jdbc {
    requires transitive io.apiguard.core;
    requires transitive java.sql;

    exports io.apiguard.extension.jdbc;
}
