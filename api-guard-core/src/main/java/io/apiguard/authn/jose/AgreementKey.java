package io.apiguard.authn.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * A private key for Diffie-Hellman: on a curve of RFC 7518 section 6.2, or X25519 (RFC 8037 section 2).
 * Immutable and thread-safe.
 */
final class AgreementKey {

    private static final int X25519_SIZE = 32;

    private final String type;
    private final String curve;
    private final String agreement;
    private final PrivateKey key;

    private AgreementKey(String type, String curve, String agreement, PrivateKey key) {
        this.type = type;
        this.curve = curve;
        this.agreement = agreement;
        this.key = key;
    }

    /**
     * Reads a private JWK.
     *
     * @throws Malformed if it is broken, or its halves are not those of one key
     */
    static AgreementKey of(Map<String, ? extends @Nullable Object> jwk) {
        String type = Members.demanded(jwk, "kty");
        try {
            AgreementKey key = type.equals("EC") ? ec(jwk) : montgomery(jwk);
            key.checkHalves(key.peer(jwk));
            return key;
        } catch (GeneralSecurityException e) {
            throw new Malformed("a private key that the Java runtime refuses");
        }
    }

    private static AgreementKey ec(Map<String, ? extends @Nullable Object> jwk) throws GeneralSecurityException {
        EcCurve curve = EcCurve.of(Members.demanded(jwk, "crv"));
        if (curve == null) {
            throw new Malformed("an EC key on an unknown curve");
        }
        BigInteger number = new BigInteger(1, exact(jwk, "d", curve.size()));
        if (number.signum() == 0 || number.compareTo(curve.parameters().getOrder()) >= 0) {
            throw new Malformed("an EC key whose 'd' is out of range");
        }
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number, curve.parameters()));
        return new AgreementKey("EC", curve.id(), "ECDH", key);
    }

    private static AgreementKey montgomery(Map<String, ? extends @Nullable Object> jwk)
            throws GeneralSecurityException {
        String curve = Members.demanded(jwk, "crv");
        byte[] number = exact(jwk, "d", montgomerySize(curve));
        PrivateKey key = KeyFactory.getInstance("XDH")
                .generatePrivate(new XECPrivateKeySpec(new NamedParameterSpec(curve), number));
        return new AgreementKey("OKP", curve, "XDH", key);
    }

    private static int montgomerySize(String curve) {
        if (!curve.equals("X25519")) {
            throw new Malformed("an OKP key on a curve that is not for encryption, or not permitted");
        }
        return X25519_SIZE;
    }

    private static byte[] exact(Map<String, ? extends @Nullable Object> jwk, String name, int size) {
        byte[] bytes = Base64Url.decode(Members.demanded(jwk, name));
        if (bytes.length != size) {
            throw new Malformed("a key whose '" + name + "' has the wrong length");
        }
        return bytes;
    }

    /**
     * Reads the public key of another party.
     *
     * @throws Malformed if it is not on the curve that it names
     * @throws InvalidKeyException if it names another curve than this key's
     */
    PublicKey peer(Map<String, ? extends @Nullable Object> jwk) throws GeneralSecurityException {
        if (!Members.demanded(jwk, "kty").equals(type)
                || !Members.demanded(jwk, "crv").equals(curve)) {
            throw new InvalidKeyException("a key that is not on the curve of this one");
        }
        return type.equals("EC") ? KeyMaterial.of(jwk).key() : montgomeryPeer(jwk);
    }

    /** RFC 7748 section 5: little endian, the topmost bit is not looked at. */
    private PublicKey montgomeryPeer(Map<String, ? extends @Nullable Object> jwk) throws GeneralSecurityException {
        byte[] encoded = exact(jwk, "x", montgomerySize(curve));
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = encoded[encoded.length - 1 - i];
        }
        bytes[0] &= 0x7f;
        return KeyFactory.getInstance("XDH")
                .generatePublic(new XECPublicKeySpec(new NamedParameterSpec(curve), new BigInteger(1, bytes)));
    }

    /** Returns the secret that both parties have; a point of small order is refused by the Java runtime. */
    byte[] agree(PublicKey peer) throws GeneralSecurityException {
        return agree(agreement, key, peer);
    }

    private static byte[] agree(String agreement, PrivateKey key, PublicKey peer) throws GeneralSecurityException {
        KeyAgreement computation = KeyAgreement.getInstance(agreement);
        computation.init(key);
        computation.doPhase(peer, true);
        return computation.generateSecret();
    }

    /** If the halves are those of one key, both ways to agree with any third key meet. */
    private void checkHalves(PublicKey half) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type.equals("EC") ? "EC" : "XDH");
        generator.initialize(parameters());
        KeyPair third = generator.generateKeyPair();
        if (!MessageDigest.isEqual(agree(third.getPublic()), agree(agreement, third.getPrivate(), half))) {
            throw new Malformed("a private key whose public half is that of another key");
        }
    }

    private AlgorithmParameterSpec parameters() {
        EcCurve known = EcCurve.of(curve);
        return known == null ? new NamedParameterSpec(curve) : known.parameters();
    }
}
