package io.apiguard.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that holds a key: its tokens are bound to it, and its proofs are signed with it (RFC 9449). Thread-safe. */
final class Prover {

    private static final String BASE = "http://" + ContractFixture.HOST;

    private static final AtomicInteger MADE = new AtomicInteger();

    private final SigningKey key;
    private final IdentityProvider idp;
    private final ContractClock clock;

    Prover(String algorithm, ContractFixture fixture) {
        this.key = SigningKey.generate("proof-" + algorithm, algorithm);
        this.idp = fixture.identityProvider();
        this.clock = fixture.clock();
    }

    SigningKey key() {
        return key;
    }

    /** {@return a token of its own for every call, bound to the key} */
    Token token() {
        return idp.token("dora")
                .claim("jti", "bound-" + MADE.incrementAndGet())
                .claim("cnf", Map.of("jkt", key.thumbprint()));
    }

    /** {@return a proof that is right for a GET of a path with a token, and was not used before} */
    Token proof(String path, Token token) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", "proof-" + MADE.incrementAndGet());
        claims.put("htm", "GET");
        claims.put("htu", BASE + path);
        claims.put("iat", clock.seconds());
        claims.put("ath", SigningKey.hash(token.sign()));
        return Token.proof(key, claims);
    }

    /** {@return a GET of a path with a token and its proof, right in everything} */
    RawRequest get(String path, Token token) {
        return RawRequest.get(path).dpop(token, proof(path, token));
    }
}
