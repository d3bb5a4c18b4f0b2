/** API Guard's adapter for Spring MVC and Spring Boot: auto-configuration, discovery of endpoints, and gate 2 at the handler. */
@NullMarked
package io.apiguard.spring;

import org.jspecify.annotations.NullMarked;
