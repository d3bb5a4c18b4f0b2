/**
 * What happens to a request in a servlet container, shared with the adapters of frameworks that run there; not for
 * applications.
 */
@NullMarked
package io.apiguard.servlet.bridge;

import org.jspecify.annotations.NullMarked;
