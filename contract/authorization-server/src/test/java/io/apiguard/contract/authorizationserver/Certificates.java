package io.apiguard.contract.authorizationserver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** Certificates made at run time (RFC 5280), their DER written by hand, and what TLS is set up from. */
final class Certificates {

    static final char[] PASSWORD = "changeit".toCharArray();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final AtomicLong SERIAL = new AtomicLong(1000);
    private static final byte[] ECDSA_WITH_SHA256 = der(0x30, oid("2a8648ce3d040302"));
    private static final byte[] AUTHORITY = der(
            0xa3,
            der(
                    0x30,
                    extension("551d13", der(0x30, der(0x01, new byte[] {-1}))),
                    extension("551d0f", der(0x03, new byte[] {1, 0x06}))));
    /** The subject alternative name 127.0.0.1. */
    private static final byte[] LOOPBACK =
            der(0xa3, der(0x30, extension("551d11", der(0x30, der(0x87, new byte[] {127, 0, 0, 1})))));

    private Certificates() {}

    /** A certificate with its key, and what is sent along with it: itself and its issuer, if that is another. */
    record Issued(X509Certificate certificate, KeyPair pair, List<X509Certificate> chain) {}

    static Issued authority(String subject) {
        return issue(subject, AUTHORITY, null);
    }

    static Issued server(Issued authority) {
        return issue("CN=server", LOOPBACK, authority);
    }

    static Issued client(String subject, Issued authority) {
        return issue(subject, new byte[0], authority);
    }

    static Issued selfSigned(String subject) {
        return issue(subject, new byte[0], null);
    }

    private static Issued issue(String subject, byte[] extensions, Issued issuer) {
        KeyPair pair = keyPair();
        byte[] name = new X500Principal(subject).getEncoded();
        byte[] issuerName = issuer == null
                ? name
                : issuer.certificate().getSubjectX500Principal().getEncoded();
        PrivateKey key = issuer == null ? pair.getPrivate() : issuer.pair().getPrivate();
        X509Certificate certificate = certificate(name, issuerName, pair, extensions, key);
        return new Issued(
                certificate, pair, issuer == null ? List.of(certificate) : List.of(certificate, issuer.certificate()));
    }

    private static X509Certificate certificate(
            byte[] subject, byte[] issuer, KeyPair pair, byte[] extensions, PrivateKey key) {
        Instant now = Instant.now();
        byte[] body = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                ECDSA_WITH_SHA256,
                issuer,
                der(0x30, time(now.minus(Duration.ofDays(1))), time(now.plus(Duration.ofDays(1)))),
                subject,
                pair.getPublic().getEncoded(),
                extensions);
        return parse(der(0x30, body, ECDSA_WITH_SHA256, der(0x03, new byte[1], sign(body, key))));
    }

    static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(byte[] body, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(body);
            return signature.sign();
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

    private static byte[] extension(String oid, byte[] value) {
        return der(0x30, oid(oid), der(0x04, value));
    }

    private static byte[] oid(String digits) {
        return der(0x06, HexFormat.of().parseHex(digits));
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(parts).forEach(content::writeBytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
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

    static KeyStore keyStore(Issued identity) {
        return store(store -> store.setKeyEntry(
                "identity",
                identity.pair().getPrivate(),
                PASSWORD,
                identity.chain().toArray(X509Certificate[]::new)));
    }

    static KeyStore trustStore(X509Certificate... trusted) {
        return store(store -> {
            for (X509Certificate certificate : trusted) {
                store.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
            }
        });
    }

    /** Fills a key store. */
    private interface Filler {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static KeyStore store(Filler filler) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filler.fill(store);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a client that trusts an authority, and shows a certificate if it has one. */
    static SSLContext sslContext(Issued authority, Issued identity) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore(authority.certificate()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identity == null ? store(store -> {}) : keyStore(identity), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
