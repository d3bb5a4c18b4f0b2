package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that a named {@link io.apiguard.authz.ObjectCheck} lets the caller at the very object that the request names (object-level
 * authorization, OWASP API1:2023).
 *
 * <p>A restricting annotation: where several are found each of them must be met. A name that no check was registered under fails the
 * start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface RequiresObjectAccess {

    /** The names of the checks, all of which must let the caller in; at least one. */
    String[] value();
}
