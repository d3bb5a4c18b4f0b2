package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that every one of the named scopes was granted to the caller (RFC 6749 section 3.3).
 *
 * <p>A restricting annotation: scopes demanded by a method, by what it overrides and by their classes and interfaces add up. A caller
 * without one of them is refused with {@code insufficient_scope} (RFC 6750 section 3.1).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequiresScopes {

    /** The scopes, all of which are demanded; at least one, each a scope token of RFC 6749. */
    String[] value();
}
