/** Authorization: scopes, roles and object-level checks. */
@NullMarked
package io.apiguard.authz;

import org.jspecify.annotations.NullMarked;
