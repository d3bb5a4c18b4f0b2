/** Named secrets with key ids, and where they come from. */
@NullMarked
package io.apiguard.secret;

import org.jspecify.annotations.NullMarked;
