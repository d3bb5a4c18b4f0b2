package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the caller is authenticated, and perhaps how (step-up authentication, RFC 9470).
 *
 * <p>A restricting annotation: it is found on the handler method, on what it overrides or implements, on their classes and interfaces, and adds up
 * with every other one found: of several contexts those stay that all of them name, of several ages the shortest. A caller who was
 * authenticated too weakly or too long ago is answered with {@code insufficient_user_authentication}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Authenticated {

    /** Authentication context classes ({@code acr}), one of which the credential must name; empty: any will do. */
    String[] acr() default {};

    /** How many seconds ago the caller may have proved to the issuer who it is ({@code auth_time}); negative: any time will do. */
    long maxAgeSeconds() default -1;

    /** Whether the credential must be bound to a key that the caller holds (RFC 9449, RFC 8705, RFC 9421). */
    boolean boundOnly() default false;
}
