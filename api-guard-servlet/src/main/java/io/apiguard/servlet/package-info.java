/** The guard for plain servlets, and the way it gets into a servlet container. */
@NullMarked
package io.apiguard.servlet;

import org.jspecify.annotations.NullMarked;
