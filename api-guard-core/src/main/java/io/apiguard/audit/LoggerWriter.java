package io.apiguard.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes lines to the logger; the text is handed over without arguments, so that nothing in it is replaced. */
final class LoggerWriter implements AuditWriter {

    private static final Logger LOGGER = LoggerFactory.getLogger("io.apiguard.audit");

    @Override
    public void write(AuditEvent event) {
        if (LOGGER.isInfoEnabled()) {
            LOGGER.info(AuditLine.of(event));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public int buffered() {
        return 0;
    }
}
