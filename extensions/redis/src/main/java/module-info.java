/** What several instances share, kept in Redis through Lettuce. */
@org.jspecify.annotations.NullMarked
module io.apiguard.extension.redis {
    requires transitive io.apiguard.core;
    requires lettuce.core;

    exports io.apiguard.extension.redis;
}
