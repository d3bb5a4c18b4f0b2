package io.apiguard.authn.jose;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The curves of EdDSA (RFC 8032 sections 5.1 and 5.2), ax² + y² = 1 + dx²y², and the checks that we do not leave to a
 * provider.
 */
enum EdwardsCurve {
    ED25519("Ed25519", 32, two(255).subtract(BigInteger.valueOf(19)), BigInteger.ONE.negate()) {
        @Override
        BigInteger d() {
            return BigInteger.valueOf(-121665)
                    .multiply(BigInteger.valueOf(121666).modInverse(prime()));
        }
    },
    ED448("Ed448", 57, two(448).subtract(two(224)).subtract(BigInteger.ONE), BigInteger.ONE) {
        @Override
        BigInteger d() {
            return BigInteger.valueOf(-39081);
        }
    };

    private final String id;
    private final int size;
    private final BigInteger prime;
    private final BigInteger a;

    EdwardsCurve(String id, int size, BigInteger prime, BigInteger a) {
        this.id = id;
        this.size = size;
        this.prime = prime;
        this.a = a;
    }

    private static BigInteger two(int power) {
        return BigInteger.ONE.shiftLeft(power);
    }

    static @Nullable EdwardsCurve of(String id) {
        for (EdwardsCurve curve : values()) {
            if (curve.id.equals(id)) {
                return curve;
            }
        }
        return null;
    }

    abstract BigInteger d();

    BigInteger prime() {
        return prime;
    }

    /** The bytes of a key; a signature has twice as many. */
    int size() {
        return size;
    }

    /**
     * Whether y is reduced and x² = (1 - y²) / (a - dy²) is a square, so that there is such a point.
     *
     * @param odd the sign of x, which zero does not have
     */
    boolean contains(BigInteger y, boolean odd) {
        if (y.compareTo(prime) >= 0) {
            return false;
        }
        BigInteger square = y.multiply(y);
        BigInteger above = BigInteger.ONE.subtract(square).mod(prime);
        BigInteger below = a.subtract(d().multiply(square)).mod(prime);
        if (above.signum() == 0) {
            return !odd;
        }
        BigInteger half = prime.shiftRight(1);
        return above.multiply(below).modPow(half, prime).equals(BigInteger.ONE);
    }

    /**
     * Whether a point is of order 1, 2, 4 or 8, for which signatures of any text can be made: y is 0, 1 or -1, or the
     * double has y = 0, that is dy⁴ + 2y² = 1 where a = -1.
     */
    boolean isSmall(BigInteger y) {
        BigInteger square = y.multiply(y).mod(prime);
        BigInteger doubled = d().multiply(square).add(BigInteger.TWO).multiply(square);
        return square.signum() == 0
                || square.equals(BigInteger.ONE)
                || a.signum() < 0 && doubled.subtract(BigInteger.ONE).mod(prime).signum() == 0;
    }
}
