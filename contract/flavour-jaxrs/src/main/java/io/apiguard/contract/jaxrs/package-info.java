/** The contract application as resources of Jakarta REST. */
@NullMarked
package io.apiguard.contract.jaxrs;

import org.jspecify.annotations.NullMarked;
