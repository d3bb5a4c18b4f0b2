package io.apiguard;

import io.apiguard.http.ApiRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Begins exchanges; their names are a random prefix for the process and a count. */
final class ExchangeFactory {

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    ExchangeFactory(InstantSource clock, LongSupplier nanos, SecureRandom random) {
        this.clock = clock;
        this.nanos = nanos;
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        this.prefix = HexFormat.of().formatHex(bytes) + "-";
    }

    Exchange begin(ApiRequest request) {
        String id = prefix + Long.toHexString(count.incrementAndGet());
        return new Exchange(request, id, clock.instant(), nanos.getAsLong());
    }
}
