package io.apiguard.examples.orders.servlet;

/** An order as it is stored; {@code api-guard.yaml} says what callers do not see of it. */
public record Order(String id, String owner, String item, int quantity, String card, String riskNote) {}
