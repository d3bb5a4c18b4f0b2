package io.apiguard.contract.mpjwt;

import io.apiguard.GuardBuilder;
import io.apiguard.GuardCustomizer;
import io.apiguard.authn.jwt.JwtProfile;
import io.apiguard.authn.jwt.JwtVerifier;
import io.apiguard.authn.jwt.JwtVerifierBuilder;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.jwt.config.Names;

/** Tells the guard of an archive what {@code mp.jwt.*} says; found by the guard as a service. */
public final class TckGuard implements GuardCustomizer {

    @Override
    public void customize(GuardBuilder guard) {
        Config config = ConfigProvider.getConfig();
        config.getOptionalValue(Names.ISSUER, String.class)
                .ifPresent(issuer -> guard.accessTokens(verifier(config, issuer)));
    }

    private static JwtVerifier verifier(Config config, String issuer) {
        refuse(config, Names.TOKEN_HEADER, "Cookie", "tokens are not taken from cookies");
        refuse(config, Names.DECRYPTOR_KEY_ALGORITHM, "RSA-OAEP", "RSA-OAEP with SHA-1 is not permitted");
        JwtVerifierBuilder builder = JwtVerifier.forIssuer(URI.create(issuer))
                .profile(JwtProfile.MICROPROFILE_JWT)
                .algorithms(config.getOptionalValue(Names.VERIFIER_PUBLIC_KEY_ALGORITHM, String.class)
                        .orElse("RS256"))
                .clockSkew(Duration.ofSeconds(
                        config.getOptionalValue(Names.CLOCK_SKEW, Integer.class).orElse(0)));
        config.getOptionalValue(Names.AUDIENCES, String[].class)
                .ifPresentOrElse(builder::audience, builder::insecureIgnoreAudience);
        config.getOptionalValue(Names.TOKEN_AGE, Integer.class)
                .ifPresent(seconds -> builder.maximumAge(Duration.ofSeconds(seconds)));
        TckKeys.addTo(builder, config);
        return builder.build();
    }

    private static void refuse(Config config, String name, String value, String why) {
        if (config.getOptionalValue(name, String.class).filter(value::equals).isPresent()) {
            throw new IllegalArgumentException(name + " is " + value + ": " + why);
        }
    }
}
