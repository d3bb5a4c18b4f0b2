package io.apiguard;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What a framework is about to call: the variables it bound and the body it would read.
 *
 * @param pathParameters the decoded values of the path template's variables, asked only if a check needs them
 * @param body the request's body
 */
public record HandlerCall(Supplier<Map<String, String>> pathParameters, RequestBody body) {}
