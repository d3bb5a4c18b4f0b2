package io.apiguard.contract.mpjwt;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.eclipse.microprofile.jwt.Claim;
import org.eclipse.microprofile.jwt.ClaimValue;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * As much of the injection of claims as lets the resources of the TCK be made whose tests are about something else:
 * {@link ClaimValue} alone, of the claim as it is or of an {@link Optional}.
 */
@Dependent
public class ClaimValues {

    @Produces
    @Claim
    <T> ClaimValue<T> claimValue(InjectionPoint point, JsonWebToken token) {
        Claim claim = (Claim) point.getQualifiers().stream()
                .filter(Claim.class::isInstance)
                .findFirst()
                .orElseThrow();
        String name = claim.standard() == Claims.UNKNOWN
                ? claim.value()
                : claim.standard().name();
        return new Value<>(name, isOptional(point.getType()), token);
    }

    private static boolean isOptional(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0] instanceof ParameterizedType argument
                && argument.getRawType() == Optional.class;
    }

    private record Value<T>(String name, boolean optional, JsonWebToken token) implements ClaimValue<T> {

        @Override
        public String getName() {
            return name;
        }

        @Override
        @SuppressWarnings("unchecked") // of the type that the injection point says
        public T getValue() {
            return (T) (optional ? Optional.ofNullable(token.getClaim(name)) : token.getClaim(name));
        }
    }
}
