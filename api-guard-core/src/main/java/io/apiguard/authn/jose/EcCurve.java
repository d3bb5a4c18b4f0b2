package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/** The curves of ECDSA in JOSE (RFC 7518 section 6.2.1.1), and the checks that we do not leave to a provider. */
enum EcCurve {
    P_256("P-256", "secp256r1", 32),
    P_384("P-384", "secp384r1", 48),
    P_521("P-521", "secp521r1", 66);

    private final String id;
    private final int size;

    @SuppressWarnings("ImmutableEnumChecker") // the JDK does not say so, but it is immutable
    private final ECParameterSpec parameters;

    EcCurve(String id, String standardName, int size) {
        this.id = id;
        this.size = size;
        this.parameters = parameters(standardName);
    }

    private static ECParameterSpec parameters(String standardName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(standardName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks the curve " + standardName, e);
        }
    }

    static @Nullable EcCurve of(String id) {
        for (EcCurve curve : values()) {
            if (curve.id.equals(id)) {
                return curve;
            }
        }
        return null;
    }

    static @Nullable EcCurve of(ECPublicKey key) {
        for (EcCurve curve : values()) {
            if (curve.parameters.getCurve().equals(key.getParams().getCurve())) {
                return curve;
            }
        }
        return null;
    }

    String id() {
        return id;
    }

    /** The bytes of a coordinate, and of each half of a signature. */
    int size() {
        return size;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /**
     * Whether y² = x³ + ax + b holds in the field, with both coordinates reduced; the cofactor of these curves is 1.
     */
    boolean contains(BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    /** Whether both halves of a signature are within 1 and the group's order less 1 (CVE-2022-21449: r = s = 0). */
    boolean inRange(byte[] signature) {
        return signature.length == 2 * size
                && inRange(new BigInteger(1, signature, 0, size))
                && inRange(new BigInteger(1, signature, size, size));
    }

    private boolean inRange(BigInteger half) {
        return half.signum() > 0 && half.compareTo(parameters.getOrder()) < 0;
    }
}
