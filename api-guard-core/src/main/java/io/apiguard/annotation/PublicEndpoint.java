package io.apiguard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets everyone call an endpoint, without a credential.
 *
 * <p>A relaxing annotation: it counts only on the handler method itself or on the class that declares it, never by inheritance, and a
 * method's own annotation goes before its class's. Together with a restricting annotation that applies to the same endpoint on the
 * same level, or one inherited from an interface or superclass, it is a conflict that fails the start. A credential that is presented all the same is
 * verified, and a bad one is refused.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface PublicEndpoint {}
