/** Entities: what is known of principals, actions and resources, and where it comes from. */
@NullMarked
package io.apiguard.cedar.entity;

import org.jspecify.annotations.NullMarked;
