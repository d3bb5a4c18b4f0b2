package io.apiguard.servlet.bridge;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header section as the application may write it: without details of the server, and until the guard has written
 * one itself.
 */
abstract class GuardedHeaders extends HttpServletResponseWrapper {

    private final HttpServletResponse container;
    private boolean sealed;
    private boolean replaced;
    private @Nullable Charset charset;
    private long declaredLength = -1;

    GuardedHeaders(HttpServletResponse response) {
        super(response);
        this.container = response;
    }

    /** Whether a length that the application computed would be wrong. */
    abstract boolean ignoresLength();

    /** Whether the body written so far may be declared to be of a type. */
    abstract boolean mayTurnInto(@Nullable String type);

    /** Called when it may not. */
    abstract void turnedIntoMembers();

    /** The container's own; for an include Tomcat puts one beneath this that ignores what the guard has to say. */
    HttpServletResponse container() {
        return container;
    }

    /** Whether the guard has answered, so that nothing of the application counts any more. */
    boolean isSealed() {
        return sealed;
    }

    void seal() {
        sealed = true;
    }

    /** Whether a redactor gave up, so that a placeholder is the whole body. */
    boolean isReplaced() {
        return replaced;
    }

    void replace() {
        replaced = true;
    }

    /** Settles what the writer encodes in; from then on the application cannot say otherwise. */
    void encodeIn(@Nullable Charset chosen) {
        charset = chosen;
        restoreCharset();
    }

    private void restoreCharset() {
        if (charset != null && takes()) {
            super.setCharacterEncoding(charset.name());
        }
    }

    /** Whether so many bytes are all that the application has declared: containers send the response then. */
    boolean reachesLength(long total) {
        return declaredLength >= 0 && total >= declaredLength;
    }

    /** Forgets it, and tells whether there was one. */
    boolean forgetLength() {
        boolean declared = declaredLength >= 0;
        declaredLength = -1;
        return declared;
    }

    private boolean takes() {
        return !sealed && !replaced;
    }

    private boolean takes(String name) {
        return takes()
                && !name.equalsIgnoreCase("Server")
                && !name.equalsIgnoreCase("X-Powered-By")
                && !(name.equalsIgnoreCase("Content-Length") && ignoresLength());
    }

    @Override
    public void setStatus(int status) {
        if (takes()) {
            super.setStatus(status);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            setContentType(value);
        } else if (takes(name)) {
            noteLength(name, value);
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            setContentType(value);
        } else if (takes(name)) {
            noteLength(name, value);
            super.addHeader(name, value);
        }
    }

    private void noteLength(String name, @Nullable String value) {
        if (value != null && name.equalsIgnoreCase("Content-Length")) {
            try {
                declaredLength = Long.parseLong(value.strip());
            } catch (NumberFormatException e) {
                declaredLength = 0;
            }
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (takes(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (takes(name)) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (takes()) {
            super.addCookie(cookie);
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (takes("Content-Length")) {
            declaredLength = length;
            super.setContentLengthLong(length);
        }
    }

    /** A body that was taken for something without named members is not turned into one with them: it was not redacted. */
    @Override
    public void setContentType(@Nullable String type) {
        if (!takes()) {
            return;
        }
        if (!mayTurnInto(type)) {
            turnedIntoMembers();
            return;
        }
        super.setContentType(type);
        restoreCharset();
    }

    @Override
    public void setCharacterEncoding(String name) {
        if (takes() && charset == null) {
            super.setCharacterEncoding(name);
        }
    }

    @Override
    public void setLocale(Locale locale) {
        if (takes()) {
            super.setLocale(locale);
            restoreCharset();
        }
    }
}
