/** Names of properties by an application's own Jackson mapper, of either generation. */
@org.jspecify.annotations.NullMarked
module io.apiguard.extension.jackson {
    requires transitive io.apiguard.core;
    requires static com.fasterxml.jackson.annotation;
    requires static transitive com.fasterxml.jackson.databind;
    requires static tools.jackson.core;
    requires static transitive tools.jackson.databind;

    exports io.apiguard.extension.jackson;
}
