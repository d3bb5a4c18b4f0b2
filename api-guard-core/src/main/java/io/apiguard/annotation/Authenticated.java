package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the caller is authenticated, and nothing more.
 *
 * <p>A restricting annotation: it is found on the handler method, on what it overrides or implements, on their classes and interfaces, and adds up
 * with every other one found.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Authenticated {}
