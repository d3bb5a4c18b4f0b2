/**
 * How an application's own Jackson mapper names the properties of its models, so that fields are masked under the names they are written
 * with: {@link io.apiguard.extension.jackson.Jackson2Properties} and {@link io.apiguard.extension.jackson.Jackson3Properties}. The adapters
 * for Spring and Jakarta REST bring it with them; with plain servlets give one to {@link io.apiguard.GuardBuilder#propertyNames}.
 */
@org.jspecify.annotations.NullMarked
package io.apiguard.extension.jackson;
