package io.apiguard.extension.redis;

/** Says that Redis could not answer in time, or at all; whatever was asked is to be refused with 503. */
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisUnavailableException(String message) {
        super(message);
    }
}
