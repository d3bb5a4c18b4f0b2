/** The command line of API Guard; {@link io.apiguard.extension.cli.Main} documents it. */
@NullMarked
package io.apiguard.extension.cli;

import org.jspecify.annotations.NullMarked;
