package io.apiguard;

/**
 * An exchange that is over; only {@link Received#release} makes one.
 *
 * @param exchange the exchange as it ended
 * @param status the status that was sent; 0 if none was
 */
public record Released(Exchange exchange, int status) {}
