package io.apiguard.annotation;

import io.apiguard.ratelimit.LimitKey;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many requests a caller may make to an endpoint.
 *
 * <p>A restricting annotation, repeatable: every limit that is found must have room, and none is charged unless all have. A limit
 * without a name of its own belongs to the endpoint it is found for; limits of the same name share their count and must be equal.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Repeatable(RateLimits.class)
public @interface RateLimit {

    /** How many requests may be made within the period; at least 1. */
    long requests();

    /** The length of the period in seconds; at least 1, one minute by default. */
    long seconds() default 60;

    /** Whose requests are counted together. */
    LimitKey by() default LimitKey.IDENTITY;

    /** What one request to this endpoint takes from the limit; at least 1 and at most {@link #requests()}. */
    long cost() default 1;

    /** The name under which endpoints share this limit, a token of letters, digits, {@code -} and {@code _}; by default none is shared. */
    String name() default "";
}
