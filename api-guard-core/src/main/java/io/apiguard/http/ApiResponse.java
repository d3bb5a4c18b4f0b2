package io.apiguard.http;

import java.util.List;

/**
 * The view of a response's header section, before it is sent, through which the guard adds what every answer must
 * carry.
 *
 * <p>Implementations belong to one response and need not be thread-safe.
 */
public interface ApiResponse {

    /** {@return the status as it stands} */
    int status();

    /**
     * Returns the field lines with a name.
     *
     * @param name the field name, compared without regard to ASCII case
     * @return the values in order; empty if there is none
     */
    List<String> headers(String name);

    /**
     * Returns whether there is a field line with a name.
     *
     * @param name the field name, compared without regard to ASCII case
     * @return whether there is one
     */
    default boolean contains(String name) {
        return !headers(name).isEmpty();
    }

    /**
     * Replaces every field line with a name by one.
     *
     * @param name the field name
     * @param value the field value, without control characters
     */
    void setHeader(String name, String value);

    /**
     * Adds a field line.
     *
     * @param name the field name
     * @param value the field value, without control characters
     */
    void addHeader(String name, String value);
}
