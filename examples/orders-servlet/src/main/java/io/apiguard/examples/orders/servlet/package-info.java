/** The orders API as plain servlets on Jetty. */
package io.apiguard.examples.orders.servlet;
