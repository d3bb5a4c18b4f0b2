/**
 * Credentials taken back before they expire: {@link io.apiguard.authn.revocation.RevocationList} tells of each identity
 * whether it is, from memory that follows a {@link io.apiguard.store.RevocationStore}.
 */
@NullMarked
package io.apiguard.authn.revocation;

import org.jspecify.annotations.NullMarked;
