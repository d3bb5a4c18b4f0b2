package io.apiguard.authn.jose;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * The check of signatures of one scheme by one provider. Keys are brought into the provider's own form once each.
 * Thread-safe.
 */
final class SignatureComputation {

    private static final int MAXIMUM_KEYS = 1_000;

    private static final int RECENT = 16;

    /** Of two threads that meet in one slot, one makes an object of its own. */
    private static final int IDLE = 8;

    private final String name;
    private final Provider provider;
    private final @Nullable PSSParameterSpec parameters;
    private final @Nullable SignatureComputation fallback;
    private final LoadingCache<PublicKey, Prepared> prepared =
            Caffeine.newBuilder().weakKeys().maximumSize(MAXIMUM_KEYS).build(this::prepare);

    /** The keys in use, before the cache of all: where little else is done, its bookkeeping would be a tenth of the work. */
    private final AtomicReferenceArray<Known> recent = new AtomicReferenceArray<>(RECENT);

    private record Known(PublicKey key, Prepared prepared) {}

    private SignatureComputation(
            String name,
            Provider provider,
            @Nullable PSSParameterSpec parameters,
            @Nullable SignatureComputation fallback) {
        this.name = name;
        this.provider = provider;
        this.parameters = parameters;
        this.fallback = fallback;
    }

    /**
     * A key as one computation takes it, and a few objects of the JCA that were set up with it and are at rest: setting up
     * takes up to a microsecond.
     */
    private record Prepared(SignatureComputation computation, PublicKey key, AtomicReferenceArray<Signature> idle) {

        Prepared(SignatureComputation computation, PublicKey key) {
            this(computation, key, new AtomicReferenceArray<>(IDLE));
        }

        /**
         * An object is for one thread at a time, and goes back only after it found a signature right: what it throws, or does
         * with what is wrong, is not seen by the next.
         */
        boolean verify(byte[] input, byte[] signature) throws GeneralSecurityException, IOException {
            int slot = (int) Thread.currentThread().getId() & (IDLE - 1);
            Signature known = idle.getAndSet(slot, null);
            Signature ready = known == null ? computation.initialised(key) : known;
            boolean right = computation.compute(ready, input, signature);
            if (right) {
                idle.set(slot, ready);
            }
            return right;
        }
    }

    /** Returns the computation of the platform's choice, or {@code null} if the platform lacks the scheme. */
    static @Nullable SignatureComputation platform(SignatureScheme scheme) {
        for (String name : scheme.names()) {
            Provider provider = platformProvider(name);
            if (provider != null) {
                return new SignatureComputation(name, provider, scheme.parameters(), null);
            }
        }
        return null;
    }

    private static @Nullable Provider platformProvider(String name) {
        try {
            return Signature.getInstance(name).getProvider();
        } catch (NoSuchAlgorithmException e) {
            return null;
        }
    }

    /**
     * Returns the computation of a provider, or {@code null} if it lacks the scheme.
     *
     * @param fallback computes with keys that the provider refuses; {@code null} if such keys are not to be used
     */
    static @Nullable SignatureComputation of(
            SignatureScheme scheme, Provider provider, @Nullable SignatureComputation fallback) {
        for (String name : scheme.names()) {
            if (provider.getService("Signature", name) != null) {
                return new SignatureComputation(name, provider, scheme.parameters(), fallback);
            }
        }
        return null;
    }

    /** Returns the provider's name and version. */
    String providerName() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    /**
     * Returns whether the signature is right. What a provider says of a signature stands; one that fails, as native code may at any
     * time, has said nothing, and the fallback is asked. Without one, whatever is thrown is a no.
     */
    boolean verify(PublicKey key, byte[] input, byte[] signature) {
        try {
            return prepared(key).verify(input, signature);
        } catch (SignatureException | IOException e) {
            return false; // its message may hold parts of the token
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            return fallback != null && fallback.verify(key, input, signature);
        }
    }

    @SuppressWarnings("ReferenceEquality") // as the cache does: comparing keys costs as much as finding them there
    private Prepared prepared(PublicKey key) {
        int slot = System.identityHashCode(key) & (RECENT - 1);
        Known known = recent.get(slot);
        if (known == null || known.key() != key) {
            known = new Known(key, prepared.get(key));
            recent.set(slot, known);
        }
        return known.prepared();
    }

    private boolean compute(Signature computation, byte[] input, byte[] signature)
            throws GeneralSecurityException, IOException {
        computation.update(input);
        return computation.verify(
                name.endsWith("withECDSA") ? EcdsaUsingShaAlgorithm.convertConcatenatedToDer(signature) : signature);
    }

    private Signature initialised(PublicKey key) throws GeneralSecurityException {
        Signature computation = Signature.getInstance(name, provider);
        if (parameters != null) {
            computation.setParameter(parameters);
        }
        computation.initVerify(key);
        return computation;
    }

    private Prepared prepare(PublicKey key) throws GeneralSecurityException {
        try {
            PublicKey own = translated(key);
            initialised(own);
            return new Prepared(this, own);
        } catch (InvalidKeyException | RuntimeException e) { // what else fails is no matter of the key
            return new Prepared(fallback == null ? this : fallback, key);
        }
    }

    private PublicKey translated(PublicKey key) throws GeneralSecurityException {
        if (provider.getService("KeyFactory", key.getAlgorithm()) == null) {
            return key;
        }
        return (PublicKey) KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
    }
}
