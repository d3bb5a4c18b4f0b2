package io.apiguard.authn.jose;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds security providers that compute signatures faster than the JDK's own. They are made for us alone and never
 * installed, so nothing else in the application changes.
 */
final class SignatureProviders {

    static final String PLATFORM = "platform";

    private static final String CORRETTO = "AmazonCorrettoCryptoProvider";
    private static final String CONSCRYPT = "Conscrypt";

    private SignatureProviders() {}

    /** Loads native code, which takes up to a second, so it is done once and only when asked for. */
    private static final class Accelerated {
        static final List<Provider> FOUND = found();

        private static List<Provider> found() {
            List<Provider> found = new ArrayList<>();
            for (String name : List.of(CORRETTO, CONSCRYPT)) {
                Provider provider = installedOrMade(name);
                if (provider != null) {
                    found.add(provider);
                }
            }
            return List.copyOf(found);
        }
    }

    /** Returns the providers that are faster than the platform's, the fastest first. */
    static List<Provider> accelerated() {
        return Accelerated.FOUND;
    }

    /**
     * Returns a provider by its name, installed or on the class path.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Provider named(String name) {
        Provider provider = installedOrMade(name);
        if (provider == null) {
            throw new IllegalArgumentException("no security provider '" + name
                    + "' is installed; install it, or leave the signature provider to the platform");
        }
        return provider;
    }

    private static @Nullable Provider installedOrMade(String name) {
        Provider installed = Security.getProvider(name);
        if (installed != null) {
            return installed;
        }
        return switch (name) {
            case CORRETTO -> made("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            case CONSCRYPT -> made("org.conscrypt.OpenSSLProvider");
            default -> null;
        };
    }

    /** Whatever goes wrong, native code for another machine above all, only means that it is not there. */
    private static @Nullable Provider made(String className) {
        try {
            Class<?> type = Class.forName(className, true, SignatureProviders.class.getClassLoader());
            return (Provider) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null;
        }
    }
}
