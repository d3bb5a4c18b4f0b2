package io.apiguard.contract.mpjwt;

import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.jwt.config.Names;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The keys that {@code mp.jwt.*} names, in the forms that the specification lists. */
final class TckKeys {

    private TckKeys() {}

    static void addTo(JwtVerifierBuilder builder, Config config) {
        config.getOptionalValue(Names.VERIFIER_PUBLIC_KEY, String.class).ifPresent(text -> builder.keys(source(text)));
        config.getOptionalValue(Names.VERIFIER_PUBLIC_KEY_LOCATION, String.class)
                .ifPresent(location -> locate(builder, location));
        config.getOptionalValue(Names.DECRYPTOR_KEY_LOCATION, String.class)
                .ifPresent(location ->
                        builder.decryptWith(privateSet(resource(location))).encryptedOnly());
    }

    private static void locate(JwtVerifierBuilder builder, String location) {
        if (location.startsWith("http:")) {
            builder.keysFrom(JwkSource.url(URI.create(location)).allowInsecureLoopback());
        } else {
            builder.keys(source(location.startsWith("file:") ? file(location) : resource(location)));
        }
    }

    private static JwkSource source(String text) {
        if (text.startsWith("-----")) {
            return JwkSource.pem(text);
        }
        String json =
                text.startsWith("{") ? text : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        return JwkSource.of(set(json));
    }

    private static String set(String json) {
        return json.contains("\"keys\"") ? json : "{\"keys\":[" + json + "]}";
    }

    private static String privateSet(String text) {
        return set(text.startsWith("-----") ? privateJwk(text) : text);
    }

    private static String privateJwk(String pem) {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
            PublicKey half = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(half);
            jwk.setPrivateKey((PrivateKey) key);
            return jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalArgumentException("the private key is not one of RSA in PEM", e);
        }
    }

    private static String file(String location) {
        try {
            return Files.readString(Path.of(URI.create(location)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String location) {
        ClassLoader archive = Thread.currentThread().getContextClassLoader();
        try (InputStream in = archive.getResourceAsStream(location.substring(1))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
