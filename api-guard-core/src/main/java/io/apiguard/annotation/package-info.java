/** What an application puts on its handlers and on its models. */
@NullMarked
package io.apiguard.annotation;

import org.jspecify.annotations.NullMarked;
