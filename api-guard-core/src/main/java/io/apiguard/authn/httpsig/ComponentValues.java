package io.apiguard.authn.httpsig;

import io.apiguard.internal.structured.BareItem;
import io.apiguard.internal.structured.FieldWriter;
import io.apiguard.internal.structured.MalformedField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The values of components (RFC 9421 sections 2.1, 2.2 and 2.4). */
final class ComponentValues {

    private final FieldTypes types;

    ComponentValues(FieldTypes types) {
        this.types = types;
    }

    /**
     * Returns the value of a component of a message.
     *
     * @throws MalformedField if the message has none, or none that can be signed
     */
    String of(Component component, HttpMessage message) {
        HttpMessage source = component.has("req") ? relatedRequest(message) : message;
        return checked(component.isDerived() ? derived(component, source) : field(component, source));
    }

    private static HttpMessage relatedRequest(HttpMessage message) {
        HttpMessage request = message.request();
        if (message.target() != null || request == null) {
            throw new MalformedField("a component with 'req' where there is no response to a request");
        }
        return request;
    }

    /** RFC 9421 section 2.5: a line break in a value would forge lines of the signature base. */
    private static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw new MalformedField("a component with a character that is not visible ASCII, space or tab");
            }
        }
        return value;
    }

    private static String derived(Component component, HttpMessage message) {
        HttpMessage.Target target = message.target();
        if (target == null) {
            return ofResponse(component, message);
        }
        return switch (component.name()) {
            case "@method" -> target.method();
            case "@target-uri" -> targetUri(target);
            case "@authority" -> target.authority();
            case "@scheme" -> target.scheme();
            case "@request-target" -> target.requestTarget();
            case "@path" -> path(target);
            case "@query" -> "?" + (target.query() == null ? "" : target.query());
            case "@query-param" -> QueryParameters.value(target.query(), String.valueOf(component.text("name")));
            default -> throw new MalformedField("a derived component that a request does not have");
        };
    }

    private static String ofResponse(Component component, HttpMessage message) {
        if (!component.name().equals("@status")) {
            throw new MalformedField("a derived component that a response does not have");
        }
        return Integer.toString(message.status());
    }

    /** The asterisk form names the server alone (RFC 9110 section 7.1). */
    private static String targetUri(HttpMessage.Target target) {
        String server = target.scheme() + "://" + target.authority();
        if (target.path().equals("*")) {
            return server;
        }
        return server + path(target) + (target.query() == null ? "" : "?" + target.query());
    }

    private static String path(HttpMessage.Target target) {
        if (!target.path().startsWith("/") && !target.path().isEmpty()) {
            throw new MalformedField("a path where the request has none");
        }
        return target.path().isEmpty() ? "/" : target.path();
    }

    private String field(Component component, HttpMessage message) {
        String name = component.name();
        List<String> lines = component.has("tr") ? message.trailers(name) : message.fields(name);
        if (lines.isEmpty()) {
            throw new MalformedField("a field that the message does not have");
        }
        List<String> values = lines.stream().map(ComponentValues::value).toList();
        String key = component.text("key");
        if (key != null) {
            return types.member(name, values, key);
        }
        if (component.has("bs")) {
            return String.join(
                    ", ", values.stream().map(ComponentValues::wrapped).toList());
        }
        return component.has("sf") ? types.canonical(name, values) : String.join(", ", values);
    }

    /** RFC 9421 section 2.1.3. */
    private static String wrapped(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                throw new MalformedField("a field line that is not made of bytes");
            }
        }
        return FieldWriter.bareItem(new BareItem.Bytes(value.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Without white space around it, and with obsolete folding replaced by one space (RFC 9421 section 2.1). */
    private static String value(String line) {
        StringBuilder value = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\r' || c == '\n') {
                i = afterFold(line, i);
                strip(value);
                value.append(' ');
            } else if (!value.isEmpty() || !isBlank(c)) {
                value.append(c);
            }
        }
        strip(value);
        return value.toString();
    }

    /** The last position of a line break and the blanks that must follow it. */
    private static int afterFold(String line, int from) {
        int at = line.startsWith("\r\n", from) ? from + 2 : from + 1;
        int blanks = at;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        if (at == blanks) {
            throw new MalformedField("a field line with a line break");
        }
        return at - 1;
    }

    private static void strip(StringBuilder value) {
        int length = value.length();
        while (length > 0 && isBlank(value.charAt(length - 1))) {
            length--;
        }
        value.setLength(length);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
