/**
 * The ground floor's view of HTTP: request, problem document, and the rules for paths, hosts, headers and addresses.
 */
@NullMarked
package io.apiguard.http;

import org.jspecify.annotations.NullMarked;
