package io.apiguard.annotation;

import io.apiguard.field.Mask;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a property of a model whose value is masked in JSON responses (property-level authorization, OWASP API3:2023).
 *
 * <p>It stands on a field, an accessor method or a record component. Callers with one of the named scopes or roles see the value;
 * where none is named nobody does. Found on one place of a property it counts for the property.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
    ElementType.FIELD,
    ElementType.METHOD,
    ElementType.RECORD_COMPONENT,
    ElementType.PARAMETER,
    ElementType.ANNOTATION_TYPE
})
public @interface Sensitive {

    /** What is shown instead. */
    Mask mask() default Mask.REPLACE;

    /** Scopes, each of which alone lets a caller see the value. */
    String[] visibleToScopes() default {};

    /** Roles, each of which alone lets a caller see the value. */
    String[] visibleToRoles() default {};
}
