/** The demo: an identity provider, the orders API under guard, and a tour of what is let in and what is not. */
package io.apiguard.examples.demo;
