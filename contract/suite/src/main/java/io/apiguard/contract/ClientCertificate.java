package io.apiguard.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate with its key, issued at run time by an authority or by itself; the DER is written by hand (RFC 5280
 * section 4.1). Immutable.
 */
final class ClientCertificate {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] TRUE = der(0x01, new byte[] {-1});
    private static final byte[] ECDSA_WITH_SHA256 = der(0x30, der(0x06, hex("2a8648ce3d040302")));
    private static final byte[] OF_AUTHORITY = der(
            0xa3,
            der(
                    0x30,
                    der(0x30, der(0x06, hex("551d13")), TRUE, der(0x04, der(0x30, TRUE))),
                    der(0x30, der(0x06, hex("551d0f")), TRUE, der(0x04, der(0x03, new byte[] {1, 0x06})))));
    private static final AtomicInteger SERIAL = new AtomicInteger(1000);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private ClientCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    static ClientCertificate authority(String name, Instant from, Instant to) {
        KeyPair pair = pair();
        X500Principal subject = new X500Principal(name);
        return new ClientCertificate(
                issue(subject, pair.getPrivate(), subject, pair, from, to, OF_AUTHORITY), pair.getPrivate());
    }

    /** Returns a client's certificate, issued by this authority. */
    ClientCertificate issue(String name, Instant from, Instant to) {
        KeyPair pair = pair();
        X500Principal issuer = certificate.getSubjectX500Principal();
        return new ClientCertificate(
                issue(issuer, key, new X500Principal(name), pair, from, to, new byte[0]), pair.getPrivate());
    }

    /** {@return the value of a Client-Cert field (RFC 9440 section 2.2)} */
    String field() {
        return ":" + Base64.getEncoder().encodeToString(encoded()) + ":";
    }

    /** {@return what a token bound to it names it by (RFC 8705 section 3.1)} */
    String thumbprint() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(encoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String pem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate issue(
            X500Principal issuer,
            PrivateKey by,
            X500Principal subject,
            KeyPair pair,
            Instant from,
            Instant to,
            byte[] extensions) {
        byte[] body = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                der(0x30, time(from), time(to)),
                subject.getEncoded(),
                pair.getPublic().getEncoded(),
                extensions);
        return parse(der(0x30, body, ECDSA_WITH_SHA256, der(0x03, new byte[1], sign(body, by))));
    }

    private static byte[] sign(byte[] body, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(body);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** Tag, length and content of up to 64 KB. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 256) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 128) {
            out.write(0x81);
        }
        out.write(length & 0xff);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
