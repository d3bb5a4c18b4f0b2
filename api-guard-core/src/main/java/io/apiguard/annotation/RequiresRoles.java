package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the caller has at least one of the named roles.
 *
 * <p>A restricting annotation: where several are found (on a method, on what it overrides, on their classes and interfaces) each of them must be met.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequiresRoles {

    /** The roles, one of which is demanded; at least one. */
    String[] value();
}
