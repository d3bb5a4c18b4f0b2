package io.apiguard.servlet.bridge;

import io.apiguard.Admitted.AdmittedBody;
import io.apiguard.RequestBody;
import io.apiguard.identity.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it: with the verified caller, and without a body until the caller is let
 * in. Then the body is the very
 * bytes that were checked. Query parameters are there from the beginning.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

    private static final String MULTIPART = "multipart/";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final GuardedExchange exchange;
    private final Original original = new Original();
    private @Nullable GuardedInput input;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    GuardedRequest(HttpServletRequest request, GuardedExchange exchange) {
        super(request);
        this.exchange = exchange;
    }

    GuardedExchange exchange() {
        return exchange;
    }

    private HttpServletRequest container() {
        return (HttpServletRequest) getRequest();
    }

    // ---- the body

    /** The body as the container has it. */
    Original original() {
        return original;
    }

    /**
     * Asks the container for its stream only when the first byte is read: from then on it parses no parameters from
     * the body.
     */
    final class Original extends InputStream implements RequestBody {

        private @Nullable ServletInputStream stream;

        @Override
        public boolean mayBePresent() {
            long length = container().getContentLengthLong();
            boolean streamed = getProtocol().startsWith("HTTP/1")
                    ? container().getHeader("Transfer-Encoding") != null
                    : getContentType() != null
                            || !(getMethod().equals("GET") || getMethod().equals("HEAD"));
            return length > 0 || (length < 0 && streamed);
        }

        @Override
        public InputStream open() {
            return this;
        }

        boolean isTouched() {
            return stream != null;
        }

        ServletInputStream stream() throws IOException {
            ServletInputStream opened = stream;
            if (opened == null) {
                opened = container().getInputStream();
                stream = opened;
            }
            return opened;
        }

        @Override
        public int read() throws IOException {
            return stream().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return stream().read(target, offset, length);
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called for this request");
        }
        return input();
    }

    private GuardedInput input() {
        GuardedInput opened = input;
        if (opened == null) {
            opened = new GuardedInput(exchange, original);
            input = opened;
        }
        return opened;
    }

    @Override
    public BufferedReader getReader() {
        BufferedReader opened = reader;
        if (opened == null) {
            if (input != null) {
                throw new IllegalStateException("getInputStream() has been called for this request");
            }
            opened = new BufferedReader(new InputStreamReader(input(), charset()));
            reader = opened;
        }
        return opened;
    }

    private Charset charset() {
        String name = getCharacterEncoding();
        return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    }

    @Override
    public int getContentLength() {
        long length = getContentLengthLong();
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public long getContentLengthLong() {
        byte[] checked = checked();
        long announced = super.getContentLengthLong();
        return checked == null || checked.length == 0 ? announced : checked.length;
    }

    private byte @Nullable [] checked() {
        AdmittedBody body = exchange.body();
        return body == null ? null : body.checked();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        requireAdmitted();
        requireUnread();
        return super.getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        requireAdmitted();
        requireUnread();
        return super.getPart(name);
    }

    /** A container splits its own stream only, which is at its end. */
    private void requireUnread() {
        byte[] checked = checked();
        String type = String.valueOf(getContentType());
        if (checked != null && checked.length > 0 && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length())) {
            throw new IllegalStateException("the body was read whole to compare it with the digest that its signature"
                    + " covers, so that the container cannot split it into parts; read it with getInputStream()");
        }
    }

    private void requireAdmitted() {
        if (!exchange.delivers()) {
            throw GuardedInput.tooEarly();
        }
    }

    // ---- parameters

    /** The container may parse the body for parameters, and so it is asked only for a caller that was let in. */
    private @Nullable Map<String, String[]> own() {
        if (!exchange.delivers()) {
            return QueryParameters.parse(getQueryString());
        }
        byte[] checked = checkedForm();
        if (checked == null) {
            return null;
        }
        Map<String, String[]> parsed = parameters;
        if (parsed == null) {
            parsed = merge(
                    QueryParameters.parse(getQueryString()),
                    QueryParameters.parse(new String(checked, StandardCharsets.UTF_8)));
            parameters = parsed;
        }
        return parsed;
    }

    private byte @Nullable [] checkedForm() {
        String type = getContentType();
        boolean form = type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
        return form ? checked() : null;
    }

    /** Whether a checked form has more pairs than any handler needs. */
    boolean hasTooManyParameters() {
        byte[] checked = checkedForm();
        return checked != null && QueryParameters.exceedsBound(checked);
    }

    private static Map<String, String[]> merge(Map<String, String[]> first, Map<String, String[]> second) {
        Map<String, String[]> all = new LinkedHashMap<>(first);
        second.forEach((name, values) -> all.merge(
                name, values, (a, b) -> Stream.of(a, b).flatMap(Stream::of).toArray(String[]::new)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public @Nullable String getParameter(String name) {
        Map<String, String[]> own = own();
        if (own == null) {
            return super.getParameter(name);
        }
        String[] values = own.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> own = own();
        return own == null ? super.getParameterMap() : own;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        Map<String, String[]> own = own();
        return own == null ? super.getParameterNames() : Collections.enumeration(own.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        Map<String, String[]> own = own();
        if (own == null) {
            return super.getParameterValues(name);
        }
        String[] values = own.get(name);
        return values == null ? null : values.clone();
    }

    // ---- the caller

    @Override
    public @Nullable Principal getUserPrincipal() {
        return identity();
    }

    private @Nullable Identity identity() {
        return exchange.received().identity().orElse(null);
    }

    @Override
    public @Nullable String getRemoteUser() {
        Identity identity = identity();
        return identity == null ? null : identity.subject();
    }

    @Override
    public @Nullable String getAuthType() {
        Identity identity = identity();
        return identity == null ? null : identity.method().name();
    }

    @Override
    public boolean isUserInRole(String role) {
        Identity identity = identity();
        return identity != null && identity.hasAnyRole(List.of(role));
    }

    // ---- asynchronous mode

    /** Without arguments most containers would hand out the bare pair. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, exchange.response());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return exchange.async().begin(super.startAsync(request, response));
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext container = super.getAsyncContext();
        return exchange.async().isActive() ? exchange.async() : container;
    }

    // ---- what would lead out of the guard

    /** No other protocol before a handler is admitted: it is not even seen that the client asks for one. */
    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    private boolean isHidden(String name) {
        return name.equalsIgnoreCase("Upgrade") && !exchange.delivers();
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        requireAdmitted();
        return super.upgrade(handler);
    }

    @Override
    public void setAttribute(String name, Object value) {
        if (!GuardedExchange.isKey(name)) {
            super.setAttribute(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (!GuardedExchange.isKey(name)) {
            super.removeAttribute(name);
        }
    }
}
