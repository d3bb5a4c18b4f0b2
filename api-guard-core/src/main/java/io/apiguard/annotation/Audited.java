package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the action that an endpoint's audit events carry.
 *
 * <p>Every exchange is audited with or without this annotation; it gives the record a name that outlives paths and method names. The
 * one nearest to the handler method counts.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Audited {

    /** What the caller does here, such as {@code order.cancel}; by default the endpoint's method and path template. */
    String action() default "";
}
