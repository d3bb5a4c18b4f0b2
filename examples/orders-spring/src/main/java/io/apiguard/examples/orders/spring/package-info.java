/** The orders API on Spring Boot. */
package io.apiguard.examples.orders.spring;
