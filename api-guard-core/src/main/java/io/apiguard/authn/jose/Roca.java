package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Knows the moduli of the flawed Infineon key generator (CVE-2017-15361), whose private keys can be computed: modulo
 * each of these primes they are a power of 65537. A sound modulus passes for one of them once in about 2^27.
 */
final class Roca {

    private static final int[] PRIMES = {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157};
    private static final BitSet[] POWERS = powers();

    private Roca() {}

    private static BitSet[] powers() {
        BitSet[] powers = new BitSet[PRIMES.length];
        for (int i = 0; i < PRIMES.length; i++) {
            powers[i] = new BitSet();
            for (int power = 1; !powers[i].get(power); power = power * (65537 % PRIMES[i]) % PRIMES[i]) {
                powers[i].set(power);
            }
        }
        return powers;
    }

    static boolean marks(BigInteger modulus) {
        for (int i = 0; i < PRIMES.length; i++) {
            if (!POWERS[i].get(modulus.mod(BigInteger.valueOf(PRIMES[i])).intValue())) {
                return false;
            }
        }
        return true;
    }
}
