/** The contract application as controllers of Spring MVC. */
@NullMarked
package io.apiguard.contract.spring;

import org.jspecify.annotations.NullMarked;
