package io.apiguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a private key from a file (RFC 7468 section 10); no message holds any of it. */
final class PrivateKeyFile {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s++([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----\\s*+");
    private static final List<String> FAMILIES = List.of("RSA", "EC", "EdDSA");
    private static final int LONGEST = 16 * 1024;

    private PrivateKeyFile() {}

    static PrivateKey read(String setting, Path file) {
        Matcher pem = PEM.matcher(text(setting, file));
        if (!pem.matches()) {
            throw refusal(setting, file);
        }
        return key(setting, file, pem.group(1));
    }

    private static String text(String setting, Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw refusal(setting, file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new GuardConfigurationException(
                    setting + ": the file " + file + " cannot be read. Check that it is there and readable", e);
        }
    }

    private static PrivateKey key(String setting, Path file, String encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw refusal(setting, file);
        }
        for (String family : FAMILIES) {
            PrivateKey key = ofFamily(family, bytes);
            if (key != null) {
                return key;
            }
        }
        throw refusal(setting, file);
    }

    /** Returns the key, or {@code null} if it is of another family. */
    private static @Nullable PrivateKey ofFamily(String family, byte[] encoded) {
        try {
            return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static GuardConfigurationException refusal(String setting, Path file) {
        return new GuardConfigurationException(List.of(setting + ": the file " + file
                + " holds no private key of RSA, EC or EdDSA as PKCS#8 in PEM."
                + " Convert it with: openssl pkcs8 -topk8 -nocrypt"));
    }
}
