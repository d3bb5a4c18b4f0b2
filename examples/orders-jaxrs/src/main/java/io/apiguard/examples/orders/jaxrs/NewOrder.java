package io.apiguard.examples.orders.jaxrs;

/** What a caller sends to place an order. */
public record NewOrder(String item, int quantity, String card) {}
