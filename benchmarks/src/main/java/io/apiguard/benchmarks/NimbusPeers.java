package io.apiguard.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Set;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Nimbus, and Spring Security's decoder on top of it. */
final class NimbusPeers {

    private static final Set<String> DEMANDED = Set.of("sub", "iat", "exp", "jti", "client_id");

    private NimbusPeers() {}

    static TokenCheck processor(SignedToken token) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(types());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(token.algorithm().id()), new ImmutableJWKSet<>(JWKSet.parse(token.jwkSet()))));
        processor.setJWTClaimsSetVerifier(claims());
        return text -> processor.process(text, null);
    }

    /** The processor has no way to Ed25519: its documentation shows the verifier alone. */
    static TokenCheck ed25519(SignedToken token) throws ParseException, JOSEException {
        JWSVerifier verifier = new Ed25519Verifier(
                JWKSet.parse(token.jwkSet()).getKeys().get(0).toOctetKeyPair());
        DefaultJOSEObjectTypeVerifier<SecurityContext> types = types();
        DefaultJWTClaimsVerifier<SecurityContext> claims = claims();
        return text -> {
            SignedJWT jwt = SignedJWT.parse(text);
            types.verify(jwt.getHeader().getType(), null);
            if (!jwt.verify(verifier)) {
                throw new IllegalStateException("Nimbus refuses the signature");
            }
            claims.verify(jwt.getJWTClaimsSet(), null);
            return jwt.getJWTClaimsSet();
        };
    }

    private static DefaultJOSEObjectTypeVerifier<SecurityContext> types() {
        return new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims() {
        JWTClaimsSet exactly =
                new JWTClaimsSet.Builder().issuer(SignedToken.ISSUER).build();
        return new DefaultJWTClaimsVerifier<>(SignedToken.AUDIENCE, exactly, DEMANDED);
    }

    static TokenCheck spring(SignedToken token) throws ParseException {
        NimbusJwtDecoder decoder = token.key() instanceof RSAPublicKey rsa
                ? NimbusJwtDecoder.withPublicKey(rsa).validateType(false).build()
                : NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(JWKSet.parse(token.jwkSet())))
                        .jwsAlgorithm(SignatureAlgorithm.from(token.algorithm().id()))
                        .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(types()))
                        .build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(SignedToken.ISSUER)
                .audience(SignedToken.AUDIENCE)
                .clientId(SignedToken.CLIENT)
                .build());
        return decoder::decode;
    }
}
