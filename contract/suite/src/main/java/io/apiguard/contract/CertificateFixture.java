package io.apiguard.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The authority whose clients are taken, another of the same name, and the settings that say so. */
final class CertificateFixture implements AutoCloseable {

    private final ContractClock clock;
    private final ClientCertificate authority;
    private final ClientCertificate stranger;
    private final Path anchors;

    CertificateFixture(ContractClock clock) {
        this.clock = clock;
        this.authority = newAuthority();
        this.stranger = newAuthority();
        try {
            this.anchors = Files.createTempFile("contract-anchors", ".pem");
            Files.writeString(anchors, authority.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClientCertificate newAuthority() {
        Instant now = clock.instant();
        return ClientCertificate.authority(
                "CN=Contract Clients", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
    }

    /** A certificate that names a caller is a credential, and makes one with a token only if that is bound to it. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("mtls.enabled", "true");
        settings.put("mtls.forwarded", "rfc9440");
        settings.put("mtls.anchors", anchors.toString());
        settings.put("mtls.identity", "common-name");
        settings.put("mtls.with-tokens", "bound");
        return settings;
    }

    ClientCertificate client(String name) {
        return client(name, Duration.ofMinutes(-1), Duration.ofHours(1));
    }

    /** A client's certificate whose time begins and ends that far from now. */
    ClientCertificate client(String name, Duration from, Duration to) {
        return authority.issue(name, clock.instant().plus(from), clock.instant().plus(to));
    }

    /** A certificate of an authority that is not taken, though it has the name of one that is. */
    ClientCertificate stranger(String name) {
        Instant now = clock.instant();
        return stranger.issue(name, now.minusSeconds(60), now.plusSeconds(3600));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(anchors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
