/** The one JSON tokenizer of validation and redaction; not API. */
@NullMarked
package io.apiguard.internal.json;

import org.jspecify.annotations.NullMarked;
