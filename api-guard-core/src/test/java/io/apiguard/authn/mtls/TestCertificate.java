package io.apiguard.authn.mtls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Issues certificates at run time, right ones and wrong ones; the DER is written by hand. */
public final class TestCertificate {

    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static long serial = 1000;

    /** A certificate with its key. */
    public record Issued(X509Certificate certificate, KeyPair pair) {}

    private byte[] subject = new X500Principal("CN=client").getEncoded();
    private Instant from = NOW.minusSeconds(3600);
    private Instant to = NOW.plusSeconds(3600);
    private KeyPair pair = ec("secp256r1");
    private String signature = "SHA256withECDSA";
    private @Nullable PSSParameterSpec pss;
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> extensions = new ArrayList<>();

    public static TestCertificate certificate() {
        return new TestCertificate();
    }

    public static Issued authority(String name) {
        return certificate().subject("CN=" + name).ofAuthority().selfSigned();
    }

    static KeyPair ec(String curve) {
        return pair("EC", new ECGenParameterSpec(curve));
    }

    static KeyPair pair(String type, java.security.spec.AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(spec);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public TestCertificate subject(String name) {
        this.subject = new X500Principal(name).getEncoded();
        return this;
    }

    public TestCertificate valid(Instant first, Instant last) {
        this.from = first;
        this.to = last;
        return this;
    }

    public TestCertificate key(KeyPair other) {
        this.pair = other;
        return this;
    }

    public TestCertificate signature(String algorithm) {
        this.signature = algorithm;
        return this;
    }

    /** Signs with RSASSA-PSS over a digest. */
    TestCertificate pss(String digest, int saltLength) {
        this.signature = "RSASSA-PSS";
        this.pss = new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltLength, 1);
        return this;
    }

    public TestCertificate uri(String uri) {
        names.add(der(0x86, uri.getBytes(StandardCharsets.US_ASCII)));
        return this;
    }

    public TestCertificate dns(String name) {
        names.add(der(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        return this;
    }

    public TestCertificate ofAuthority() {
        return extension("551d13", true, der(0x30, der(0x01, new byte[] {-1})))
                .extension("551d0f", true, der(0x03, new byte[] {1, 0x06}));
    }

    /** 1 for servers, 2 for clients. */
    public TestCertificate purpose(int number) {
        byte[] oid = der(0x06, hex("2b060105050703" + "0" + number));
        return extension("551d25", false, der(0x30, oid));
    }

    public TestCertificate keyUsage(int bits) {
        return extension("551d0f", true, der(0x03, new byte[] {0, (byte) bits}));
    }

    public TestCertificate extension(String oid, boolean critical, byte[] value) {
        byte[] flag = critical ? der(0x01, new byte[] {-1}) : new byte[0];
        extensions.add(der(0x30, der(0x06, hex(oid)), flag, der(0x04, value)));
        return this;
    }

    public Issued selfSigned() {
        return issue(subject, pair.getPrivate());
    }

    public Issued by(Issued issuer) {
        return issue(
                issuer.certificate().getSubjectX500Principal().getEncoded(),
                issuer.pair().getPrivate());
    }

    private Issued issue(byte[] issuer, PrivateKey key) {
        if (!names.isEmpty()) {
            extension("551d11", false, der(0x30, names.toArray(new byte[0][])));
        }
        byte[] algorithm = algorithm();
        byte[] more = extensions.isEmpty() ? new byte[0] : der(0xa3, der(0x30, extensions.toArray(new byte[0][])));
        byte[] body = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, BigInteger.valueOf(serial++).toByteArray()),
                algorithm,
                issuer,
                der(0x30, time(from), time(to)),
                subject,
                pair.getPublic().getEncoded(),
                more);
        return new Issued(parse(der(0x30, body, algorithm, der(0x03, new byte[1], sign(body, key)))), pair);
    }

    private byte[] algorithm() {
        if (pss != null) {
            return der(0x30, der(0x06, hex("2a864886f70d01010a")), encoded(pss));
        }
        String oid =
                switch (signature) {
                    case "SHA1withECDSA" -> "2a8648ce3d0401";
                    case "SHA256withRSA" -> "2a864886f70d01010b";
                    case "Ed25519" -> "2b6570";
                    default -> "2a8648ce3d040302";
                };
        return oid.startsWith("2a864886") ? der(0x30, der(0x06, hex(oid)), der(0x05)) : der(0x30, der(0x06, hex(oid)));
    }

    private static byte[] encoded(PSSParameterSpec spec) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(spec);
            return parameters.getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] sign(byte[] body, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance(signature);
            if (pss != null) {
                signer.setParameter(pss);
            }
            signer.initSign(key);
            signer.update(body);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }

    static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
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
}
