/** The contract application as plain servlets. */
@NullMarked
package io.apiguard.contract.servlet;

import org.jspecify.annotations.NullMarked;
