/** Keys, signatures, strict base64url and strict JSON, shared by everything that reads a token; not part of the API. */
@NullMarked
package io.apiguard.authn.jose;

import org.jspecify.annotations.NullMarked;
