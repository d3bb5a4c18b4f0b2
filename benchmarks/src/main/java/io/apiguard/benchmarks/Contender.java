package io.apiguard.benchmarks;

import com.nimbusds.jose.JOSEException;
import io.apiguard.authn.jwt.JwkSource;
import io.apiguard.authn.jwt.JwtResult;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import java.net.URI;
import java.text.ParseException;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Who checks tokens: the guard, the JCA, and the guard's peers, each set up once as its documentation says, to ask for
 * the same: algorithm, type, issuer, audience and times.
 */
public enum Contender {

    /** The guard, with the provider that it takes by itself. */
    GUARD {
        @Override
        TokenCheck of(SignedToken token) {
            return guard(builder(token));
        }
    },

    /** The guard, on the platform's provider. */
    GUARD_ON_PLATFORM {
        @Override
        TokenCheck of(SignedToken token) {
            return guard(builder(token).signatureProvider("platform"));
        }
    },

    /** The signature alone, by the provider that the guard takes by itself. */
    JCA {
        @Override
        TokenCheck of(SignedToken token) {
            return raw(token, CryptoProvider.FASTEST);
        }
    },

    /** The signature alone, by the platform's provider. */
    JCA_ON_PLATFORM {
        @Override
        TokenCheck of(SignedToken token) {
            return raw(token, CryptoProvider.PLATFORM);
        }
    },

    /** jose4j alone. */
    JOSE4J {
        @Override
        TokenCheck of(SignedToken token) {
            JwtConsumer consumer = new JwtConsumerBuilder()
                    .setVerificationKey(token.key())
                    .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                            ConstraintType.PERMIT, token.algorithm().id()))
                    .setExpectedType(true, "at+jwt")
                    .setExpectedIssuer(SignedToken.ISSUER)
                    .setExpectedAudience(SignedToken.AUDIENCE)
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .build();
            return consumer::processToClaims;
        }
    },

    /** Nimbus, with Google's Tink for Ed25519, which it has no other way to check. */
    NIMBUS {
        @Override
        TokenCheck of(SignedToken token) throws ParseException, JOSEException {
            return token.algorithm() == TokenAlgorithm.ED25519
                    ? NimbusPeers.ed25519(token)
                    : NimbusPeers.processor(token);
        }
    },

    /** The decoder of Spring Security's resource server, which has no Ed25519. */
    SPRING {
        @Override
        TokenCheck of(SignedToken token) throws ParseException {
            return NimbusPeers.spring(token);
        }
    },

    /** SmallRye, which Quarkus and others take. */
    SMALLRYE {
        @Override
        TokenCheck of(SignedToken token) {
            JWTAuthContextInfo context = new JWTAuthContextInfo(token.key(), SignedToken.ISSUER);
            context.setSignatureAlgorithm(
                    Set.of(SignatureAlgorithm.fromAlgorithm(token.algorithm().id())));
            context.setExpectedAudience(Set.of(SignedToken.AUDIENCE));
            JWTParser parser = new DefaultJWTParser(context);
            return parser::parse;
        }
    };

    /**
     * Sets up a check of the tokens of one issuer.
     *
     * @param token one of them, with the key
     * @throws Exception if it cannot check such tokens
     */
    abstract TokenCheck of(SignedToken token) throws Exception;

    private static JwtVerifierBuilder builder(SignedToken token) {
        return JwtVerifier.forIssuer(URI.create(SignedToken.ISSUER))
                .audience(SignedToken.AUDIENCE)
                .algorithms(token.algorithm().id())
                .tenantFrom("tenant")
                .keys(JwkSource.of(token.jwkSet()))
                .cacheSize(0);
    }

    private static TokenCheck guard(JwtVerifierBuilder builder) {
        JwtVerifier verifier = builder.build();
        return text -> {
            if (verifier.verify(text) instanceof JwtResult.Valid valid) {
                return valid.token();
            }
            throw new IllegalStateException("the guard refuses the token");
        };
    }

    private static TokenCheck raw(SignedToken token, CryptoProvider provider) {
        RawSignature raw = RawSignature.of(token, provider);
        return text -> {
            if (raw.verify()) {
                return raw;
            }
            throw new IllegalStateException("the JCA refuses the signature");
        };
    }
}
