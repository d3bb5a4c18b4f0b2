package io.apiguard.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyPemTest {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String END = "\n-----END PUBLIC KEY-----\n";

    private static String pem(PublicKey key) {
        return BEGIN + Base64.getMimeEncoder().encodeToString(key.getEncoded()) + END;
    }

    private static void sameKey(TestKey key) {
        Jwk read = Jwk.of(PublicKeyPem.members(pem(key.pair().getPublic())));
        Jwk published = JwkSet.parse(TestKey.set(key).getBytes(StandardCharsets.UTF_8))
                .keys()
                .get(0);
        assertThat(read.thumbprint()).isEqualTo(published.thumbprint());
        assertThat(read.key()).isEqualTo(key.pair().getPublic());
        assertThat(read.keyId()).isNull();
        assertThat(read.allows(key.algorithm())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void members_everyKindOfKey_isTheKey(JwsAlgorithm algorithm) {
        sameKey(TestKey.of("k", algorithm));
    }

    @Test
    void members_oddKeys_areTheKeys() {
        sameKey(TestKey.ed448("k"));
        sameKey(TestKey.rsa("k", 2049, 3));
        for (int i = 0; i < 300; i++) { // one coordinate in 256 begins with a zero octet
            sameKey(TestKey.of("k", JwsAlgorithm.ES256));
        }
    }

    @Test
    void members_weakKey_isRefusedAsAJwkIs() {
        TestKey weak = TestKey.rsa("k", 1024, 65537);
        assertThatThrownBy(() -> Jwk.of(PublicKeyPem.members(pem(weak.pair().getPublic()))))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DSA", "X25519", "DH"})
    void members_keyForSomethingElse_isRefused(String type) throws Exception {
        PublicKey key = KeyPairGenerator.getInstance(type).generateKeyPair().getPublic();
        assertThatThrownBy(() -> PublicKeyPem.members(pem(key)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("no RSA, EC or EdDSA key");
    }

    @Test
    void members_otherText_isRefused() {
        String right = pem(TestKey.of("k", JwsAlgorithm.ES256).pair().getPublic());
        for (String text : new String[] {
            "",
            "x",
            BEGIN + END,
            BEGIN + "AAAA" + END,
            BEGIN + "A=AA" + END,
            BEGIN + "A".repeat(20_000) + END,
            right + right,
            right + "x",
            right.replace("PUBLIC", "PRIVATE"),
            right.replace("PUBLIC KEY", "CERTIFICATE"),
            right.replace("MF", "M\u00e9")
        }) {
            assertThatThrownBy(() -> PublicKeyPem.members(text)).as(text).isInstanceOf(Malformed.class);
        }
    }

    @Property(tries = 300)
    void members_anyBytes_areRefused(@ForAll byte[] bytes) {
        String text = BEGIN + Base64.getEncoder().encodeToString(bytes) + END;
        assertThatThrownBy(() -> PublicKeyPem.members(text)).isInstanceOf(Malformed.class);
    }
}
