package io.apiguard.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clients that sign their requests: their public keys stand in a file, as an operator would put them there. */
final class SignerFixture {

    private final SigningKey partner = SigningKey.generate("partner-ed", "EdDSA");
    private final SigningKey visitor = SigningKey.generate("visitor-ec", "ES256");
    private final Path file = write(Map.of("keys", List.of(partner.jwk(), visitor.jwk())));

    private static Path write(Map<String, Object> set) {
        try {
            Path file = Files.createTempFile("contract-signers", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, Json.write(set));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the Ed25519 key of pat, who may read and write orders} */
    SigningKey partner() {
        return partner;
    }

    /** {@return the P-256 key of vic, who may do nothing in particular} */
    SigningKey visitor() {
        return visitor;
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("signatures.enabled", "true");
        signer(settings, 0, partner, "ed25519", "pat");
        settings.put("signatures.keys[0].scopes", "orders:read, orders:write");
        settings.put("signatures.keys[0].tenant", "acme");
        signer(settings, 1, visitor, "ecdsa-p256-sha256", "vic");
        return settings;
    }

    private void signer(Map<String, String> settings, int index, SigningKey key, String algorithm, String subject) {
        String at = "signatures.keys[" + index + "].";
        settings.put(at + "id", key.id());
        settings.put(at + "algorithm", algorithm);
        settings.put(at + "public-key", file.toString());
        settings.put(at + "subject", subject);
    }
}
