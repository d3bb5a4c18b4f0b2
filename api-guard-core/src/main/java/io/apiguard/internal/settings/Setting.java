package io.apiguard.internal.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one setting: what binding, error messages, the documentation's table and Spring Boot's metadata are made from.
 *
 * <p>The setting's key is the record component's name in kebab case, unless it names another.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /**
     * Says what the setting is for, in one or two sentences for the person who sets it.
     *
     * @return plain text without markup
     */
    String description();

    /**
     * Gives the value that counts when nobody sets one, written as in a file.
     *
     * @return the text, lists separated by commas; empty for no value, an empty list, or a section
     */
    String defaultValue() default "";

    /**
     * Tells whether the setting must be given wherever its section is.
     *
     * @return true if there is no default
     */
    boolean required() default false;

    /**
     * Tells whether the number is a size in bytes, written with or without a unit ({@code B}, {@code KB}, {@code MB}, {@code GB}).
     *
     * @return true for a size
     */
    boolean bytes() default false;

    /**
     * Tells whether {@code off} may be written for no value.
     *
     * @return true if it may
     */
    boolean canBeOff() default false;

    /**
     * Names the setting where the component's name cannot be the key, because it is a word of the Java language.
     *
     * @return the key; empty for the component's name in kebab case
     */
    String key() default "";
}
