/** The strict validator: what a policy that passes it can still fail with is overflow, missing entities, and nothing else. */
@NullMarked
package io.apiguard.cedar.validation;

import org.jspecify.annotations.NullMarked;
