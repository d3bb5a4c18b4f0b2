/** API Guard for Jakarta Servlet 6.0 and later. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the adapters that the bridge is for are not on the module path when this one is compiled
module io.apiguard.servlet {
    requires transitive io.apiguard.core;
    requires transitive jakarta.servlet;
    requires transitive org.jspecify;
    requires org.slf4j;

    exports io.apiguard.servlet;
    exports io.apiguard.servlet.bridge to
            io.apiguard.jaxrs,
            io.apiguard.spring;

    uses io.apiguard.GuardCustomizer;
    uses io.apiguard.servlet.bridge.FrameworkHost.Provider;

    provides jakarta.servlet.ServletContainerInitializer with
            io.apiguard.servlet.ApiGuardInitializer;
}
