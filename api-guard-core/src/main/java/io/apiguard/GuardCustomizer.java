package io.apiguard;

/**
 * Adds to a guard what a settings file cannot say: object checks, a store of API keys, a source of secrets, a sink.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader} wherever an adapter builds a guard by itself; in Spring, beans of this type are
 * used too. An implementation has a public constructor without parameters.
 */
@FunctionalInterface
public interface GuardCustomizer {

    /**
     * Adds to a guard that is about to be built.
     *
     * @param builder the builder, with the settings already in place
     */
    void customize(GuardBuilder builder);
}
