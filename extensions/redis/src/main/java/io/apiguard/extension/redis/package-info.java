/** What several instances share, kept in Redis through Lettuce. */
@NullMarked
package io.apiguard.extension.redis;

import org.jspecify.annotations.NullMarked;
