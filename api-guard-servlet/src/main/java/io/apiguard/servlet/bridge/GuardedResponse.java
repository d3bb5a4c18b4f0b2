package io.apiguard.servlet.bridge;

import io.apiguard.Admitted;
import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.http.Answer;
import io.apiguard.http.Header;
import io.apiguard.http.MediaType;
import io.apiguard.http.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it. Before a handler is admitted nothing it says gets out; after that its
 * header section is
 * completed just before it is sent, and its body passes the redactor. It never flushes by itself.
 */
final class GuardedResponse extends GuardedHeaders {

    private final GuardedExchange exchange;
    private final GuardedOutput output = new GuardedOutput(this);
    private @Nullable PrintWriter writer;
    private boolean usesStream;
    private boolean draining;
    private boolean discarding;
    private boolean decorated;
    private boolean delegated;
    private int errorStatus;

    GuardedResponse(HttpServletResponse response, GuardedExchange exchange) {
        super(response);
        this.exchange = exchange;
    }

    /** Whether a response is one of ours in any wrapping. */
    static boolean isIn(ServletResponse response) {
        ServletResponse at = response;
        while (at instanceof ServletResponseWrapper wrapper && !(at instanceof GuardedResponse)) {
            at = wrapper.getResponse();
        }
        return at instanceof GuardedResponse;
    }

    // ---- how far it is

    boolean isSent() {
        return container().isCommitted();
    }

    boolean delivers() {
        return !isSealed() && !discarding && exchange.delivers();
    }

    int finalStatus() {
        return errorStatus == 0 ? container().getStatus() : errorStatus;
    }

    long bytesSent() {
        return output.written();
    }

    @Override
    public boolean isCommitted() {
        return isSealed() || super.isCommitted();
    }

    private void requireUncommitted() {
        if (isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
    }

    // ---- what the guard does

    /** Completes the header section, once. */
    void decorate() {
        if (decorated || container().isCommitted()) {
            return;
        }
        decorated = true;
        empty("Server");
        empty("X-Powered-By");
        exchange.received().decorate(new ServletApiResponse(container()));
    }

    /** A server's own field cannot be removed, only emptied. */
    private void empty(String name) {
        if (container().containsHeader(name)) {
            container().setHeader(name, "");
        }
    }

    /**
     * Called before bytes go into the container's buffer; containers send it when it is full, and some a quarter of
     * it at once.
     */
    void beforeBytes(long total) {
        if (!decorated && (total * 4 >= getBufferSize() || reachesLength(total))) {
            decorate();
        }
    }

    /**
     * Writes an answer of the guard's own in place of all that the application said. Where the container has
     * answered by itself, as for a body it cannot parse, its answer stays.
     *
     * @throws IOException if a part of the application's response was sent already
     */
    void answer(Answer answer) throws IOException {
        HttpServletResponse container = container();
        if (container.isCommitted()) {
            leaveToContainer(answer);
            return;
        }
        container.reset();
        seal();
        decorated = false;
        output.reset();
        container.setStatus(answer.status());
        for (Header header : answer.headers()) {
            write(container, header);
        }
        decorate();
        byte[] body = answer.body();
        if (body.length > 0) {
            container.getOutputStream().write(body);
            output.count(body.length);
        }
        output.end();
    }

    private void leaveToContainer(Answer answer) throws IOException {
        if (exchange.delivers()) {
            throw new IOException("the response was sent in part before the guard could answer");
        }
        exchange.request().removeAttribute(RequestDispatcher.ERROR_EXCEPTION); // Tomcat would show its stack trace
        seal();
        output.end();
        errorStatus = answer.status();
    }

    private static void write(HttpServletResponse container, Header header) {
        switch (header.name().toLowerCase(Locale.ROOT)) {
            case "content-type" -> container.setContentType(header.value());
            case "content-length" -> container.setContentLengthLong(Long.parseLong(header.value()));
            default -> container.addHeader(header.name(), header.value());
        }
    }

    /** Leaves the response to the container, which aborts it or renders an error. */
    void abandon() {
        errorStatus = isSent() ? 0 : SC_INTERNAL_SERVER_ERROR;
        decorate();
        delegated = true;
    }

    /** Brings the response to its end, as far as this side of the container goes. */
    void finish() throws IOException {
        if (isSealed() || delegated) {
            return;
        }
        if (!exchange.delivers()) {
            answer(exchange.received().instead(getStatus()));
            return;
        }
        drain();
        output.finish();
        decorate();
    }

    /** Finishes, then hands back to the container; in non-blocking mode when it can take the last bytes. */
    void finishWhenReady(Runnable handBack, Consumer<Exception> failed) {
        Runnable finishing = () -> {
            try {
                finish();
            } catch (IOException | RuntimeException e) {
                failed.accept(e);
                return;
            }
            handBack.run();
        };
        if (writer != null || output.isRedacting() || !exchange.delivers()) {
            output.whenReady(finishing);
        } else {
            finishing.run();
        }
    }

    // ---- redaction

    private boolean redacts() {
        Admitted admitted = exchange.admitted();
        return admitted != null && admitted.redacts();
    }

    OutputStream openPipe(OutputStream target) throws IOException {
        Admitted admitted = exchange.admitted();
        return admitted == null ? target : openPipe(admitted, target, this::redactionFailed);
    }

    OutputStream openPipe(Admitted admitted, OutputStream target, Runnable failure) throws IOException {
        if (!admitted.redacts()) {
            return target;
        }
        if (!container().isCommitted()) {
            container().setContentLengthLong(-1);
        }
        ResponseMedia media = new ResponseMedia(
                getStatus(), getContentType(), getHeader("Content-Encoding"), getHeader("Content-Range"));
        return admitted.redacting(media, target, failure);
    }

    /** From here on the placeholder is the whole body, and the application cannot change what is said of it. */
    void redactionFailed() {
        if (container().isCommitted()) {
            throw new IllegalStateException("a response that was sent in part cannot be redacted");
        }
        container().reset();
        decorated = false;
        replace();
        output.forgetContainer();
        container().setStatus(SC_INTERNAL_SERVER_ERROR);
        container().setContentType(Problem.MEDIA_TYPE);
        container().setCharacterEncoding("UTF-8"); // Undertow keeps the charset across a reset
    }

    /**
     * Redacts what an included handler writes by that handler's rules, as a document of its own; in a page that does
     * not say that it is JSON, what begins like an object or an array is taken for one.
     */
    void redactIncluded(Admitted included) throws IOException {
        String type = getContentType();
        boolean done = included == exchange.admitted() && ResponseMedia.hasMembers(type);
        if (included.redacts() && !done) {
            drain();
            output.nest(included);
        }
    }

    /** How many redactors of included handlers are before the including one's. */
    int includeDepth() {
        return output.depth();
    }

    /** Takes away the redactors that came since. */
    void endInclude(int depth) throws IOException {
        if (output.depth() > depth) {
            drain();
            output.unnest(depth);
        }
    }

    // ---- the body

    ServletOutputStream containerStream() throws IOException {
        return container().getOutputStream();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter() has been called for this response");
        }
        usesStream = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() {
        if (usesStream) {
            throw new IllegalStateException("getOutputStream() has been called for this response");
        }
        PrintWriter opened = writer;
        if (opened == null) {
            Charset chosen = chooseCharset();
            opened = new PrintWriter(new OutputStreamWriter(new Drain(), chosen));
            encodeIn(chosen);
            writer = opened;
        }
        return opened;
    }

    /** JSON that is redacted has to be UTF-8, and JSON without a charset is (RFC 8259 section 8.1). */
    private Charset chooseCharset() {
        String type = getContentType();
        boolean json = MediaType.isJson(type);
        boolean silent = type == null || !type.toLowerCase(Locale.ROOT).contains("charset=");
        boolean mayBeRedacted = redacts() || !exchange.delivers();
        return (json && (silent || mayBeRedacted)) || (type == null && mayBeRedacted)
                ? StandardCharsets.UTF_8
                : Charset.forName(getCharacterEncoding());
    }

    /** Between the writer's encoder and the stream, so that the encoder can be emptied without flushing. */
    private final class Drain extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            output.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            output.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (!draining) {
                output.flush();
            }
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }

    private void drain() {
        if (writer != null) {
            draining = true;
            writer.flush();
            draining = false;
        }
    }

    /**
     * The target of a forward begins anew: what the forwarding servlet wrote is gone, and with it whether it was
     * redacted, its length, and the charset of its writer.
     */
    void forgetBody() {
        if (isCommitted() || isReplaced()) {
            return;
        }
        discard();
        if (writer != null) {
            encodeIn(null);
            container().setCharacterEncoding(StandardCharsets.UTF_8.name()); // containers keep what they were told
        }
        writer = null;
        usesStream = false;
        output.reset();
        if (forgetLength()) {
            container().setContentLengthLong(-1);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        if (delivers()) {
            drain();
            output.flush();
        }
    }

    @Override
    public void reset() {
        requireUncommitted();
        discard();
        if (!isReplaced()) {
            super.reset();
            output.reset();
            writer = null;
            usesStream = false;
            decorated = false;
            forgetLength();
        }
    }

    @Override
    public void resetBuffer() {
        requireUncommitted();
        discard();
        if (!isReplaced()) {
            super.resetBuffer();
            output.reset();
        }
    }

    private void discard() {
        discarding = true;
        drain();
        discarding = false;
    }

    // ---- errors and redirects

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        requireUncommitted();
        if (exchange.isIncluding()) {
            return;
        }
        if (!exchange.leavesErrors()) {
            answer(exchange.received().instead(status));
            return;
        }
        decorate();
        delegated = true;
        errorStatus = status;
        if (message == null) {
            super.sendError(status);
        } else {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    /** Servlet 6.1. */
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    /** Servlet 6.1. */
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    /** Servlet 6.1, which every redirect comes to; a relative location is sent as it is (RFC 9110 section 10.2.2). */
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        requireUncommitted();
        if (exchange.isIncluding()) {
            return;
        }
        if (!exchange.delivers()) {
            answer(exchange.received().instead(status));
            return;
        }
        decorate();
        if (status == SC_FOUND && clearBuffer) {
            discard();
            delegated = true;
            super.sendRedirect(location);
            return;
        }
        if (clearBuffer) {
            resetBuffer();
        }
        setStatus(status);
        setHeader("Location", location);
        flushBuffer();
        output.end();
    }

    // ---- what the header section asks

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        if (delivers()) {
            super.setTrailerFields(supplier);
        }
    }

    @Override
    boolean ignoresLength() {
        return !exchange.delivers() || redacts();
    }

    @Override
    boolean mayTurnInto(@Nullable String type) {
        boolean unread = output.isOpen() && !output.isRedacting() && redacts();
        return !unread
                || isCommitted()
                || !ResponseMedia.hasMembers(type)
                || ResponseMedia.hasMembers(getContentType());
    }

    /** What was not redacted may have had members all the time. */
    @Override
    void turnedIntoMembers() {
        redactionFailed();
        output.replaceBody();
    }
}
