package io.apiguard.audit;

/** Passes on what did not simply succeed. */
record RefusalsOnly(AuditSink sink) implements AuditSink {

    @Override
    public void accept(AuditEvent event) {
        if (event.isRefusal()) {
            sink.accept(event);
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
