package io.apiguard.authn.jwt;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issuers that are all known beforehand. */
final class FixedIssuers implements Issuers {

    static final String DECRYPTS =
            "the verifier of %s decrypts tokens, and whose an encrypted token is can only be read once it is decrypted;"
                    + " use that verifier by itself";

    private final Map<String, Fixed> byIssuer = new LinkedHashMap<>();

    private FixedIssuers() {}

    private record Fixed(JwtVerifier verifier) implements Issuer {

        @Override
        public void wasValid() {}
    }

    static FixedIssuers of(List<JwtVerifier> verifiers) {
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("forIssuers needs at least one verifier");
        }
        FixedIssuers issuers = new FixedIssuers();
        for (JwtVerifier verifier : verifiers) {
            if (verifier.decrypts()) {
                throw new IllegalArgumentException(DECRYPTS.formatted(verifier.issuer()));
            }
            if (issuers.byIssuer.put(verifier.issuer(), new Fixed(verifier)) != null) {
                throw new IllegalArgumentException(
                        "two verifiers are of the issuer " + verifier.issuer() + "; keep one, with all audiences");
            }
        }
        return issuers;
    }

    @Override
    public @Nullable Issuer find(String issuer) {
        return byIssuer.get(issuer);
    }

    @Override
    public Collection<JwtVerifier> inUse() {
        return byIssuer.values().stream().map(Fixed::verifier).toList();
    }

    @Override
    public void withdraw(String issuer) {
        throw new UnsupportedOperationException("issuers of a fixed list cannot be withdrawn; use an IssuerResolver");
    }

    @Override
    public int maximumLength() {
        return byIssuer.values().stream()
                .mapToInt(fixed -> fixed.verifier.maximumLength())
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        inUse().forEach(JwtVerifier::close);
    }
}
