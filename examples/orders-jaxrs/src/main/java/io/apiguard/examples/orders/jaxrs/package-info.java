/** The orders API in Jakarta REST on Jersey. */
package io.apiguard.examples.orders.jaxrs;
