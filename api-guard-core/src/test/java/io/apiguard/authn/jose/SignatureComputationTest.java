package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of signatures when an accelerated provider has an algorithm, but fails at it. */
class SignatureComputationTest {

    private static final byte[] INPUT = "header.payload".getBytes(StandardCharsets.US_ASCII);
    private static final TestKey KEY = TestKey.of("k", JwsAlgorithm.ES256);
    private static final TestKey PSS = TestKey.of("k", JwsAlgorithm.PS256);

    /** Takes every key, and finds every signature wrong. */
    private static class Idle extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters)
                throws InvalidAlgorithmParameterException {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Made extends Provider {
        private static final long serialVersionUID = 1L;

        Made(String algorithm, Supplier<SignatureSpi> spi) {
            super("Made", "1", "for tests");
            putService(new Service(this, "Signature", algorithm, Made.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    return spi.get();
                }
            });
        }
    }

    private static SignatureComputation computation(SignatureScheme scheme, Supplier<SignatureSpi> spi) {
        SignatureComputation computation = SignatureComputation.of(
                scheme, new Made(scheme.names().get(0), spi), SignatureComputation.platform(scheme));
        assertThat(computation).isNotNull();
        return computation;
    }

    private static void assertFallsBack(SignatureScheme scheme, TestKey key, Supplier<SignatureSpi> spi) {
        SignatureComputation computation = computation(scheme, spi);
        PublicKey publicKey = key.pair().getPublic();
        byte[] good = key.signature(INPUT);
        for (int time = 0; time < 2; time++) {
            assertThat(computation.verify(publicKey, INPUT, good)).isTrue();
            assertThat(computation.verify(publicKey, new byte[] {1}, good)).isFalse();
        }
    }

    @Test
    void verify_providerWithoutItsNativeCode_isThePlatformsAnswer() {
        assertFallsBack(SignatureScheme.ES256, KEY, () -> {
            throw new UnsatisfiedLinkError("no native code");
        });
        assertFallsBack(SignatureScheme.ES256, KEY, () -> new Idle() {
            @Override
            protected void engineInitVerify(PublicKey key) {
                throw new UnsatisfiedLinkError("no native code");
            }
        });
    }

    @Test
    void verify_providerThatRefusesTheParameters_isThePlatformsAnswer() {
        assertFallsBack(SignatureScheme.PS256, PSS, () -> new Idle() {
            @Override
            protected void engineSetParameter(AlgorithmParameterSpec parameters)
                    throws InvalidAlgorithmParameterException {
                throw new InvalidAlgorithmParameterException("not these");
            }
        });
    }

    @Test
    void verify_providerThatFailsWhileItVerifies_isThePlatformsAnswer() {
        assertFallsBack(SignatureScheme.ES256, KEY, () -> new Idle() {
            @Override
            protected boolean engineVerify(byte[] signature) {
                throw new ProviderException("out of handles");
            }
        });
        assertFallsBack(SignatureScheme.ES256, KEY, () -> new Idle() {
            @Override
            protected boolean engineVerify(byte[] signature) {
                throw new UnsatisfiedLinkError("no native code");
            }
        });
    }

    @Test
    void verify_providerThatFindsASignatureWrong_isNotAskedElsewhere() {
        SignatureComputation computation = computation(SignatureScheme.ES256, Idle::new);

        assertThat(computation.verify(KEY.pair().getPublic(), INPUT, KEY.signature(INPUT)))
                .isFalse();
    }

    @Test
    void verify_providerChosenByNameThatFails_isNo() {
        SignatureComputation computation = SignatureComputation.of(
                SignatureScheme.ES256,
                new Made("SHA256withECDSAinP1363Format", () -> new Idle() {
                    @Override
                    protected boolean engineVerify(byte[] signature) {
                        throw new ProviderException("out of handles");
                    }
                }),
                null);

        assertThat(computation).isNotNull();
        assertThat(computation.verify(KEY.pair().getPublic(), INPUT, KEY.signature(INPUT)))
                .isFalse();
    }
}
