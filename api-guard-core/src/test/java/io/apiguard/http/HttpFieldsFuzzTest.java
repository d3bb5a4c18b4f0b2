package io.apiguard.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in a request line or in the fields of a proxy is read or refused, and never taken for more than it is. */
class HttpFieldsFuzzTest {

    @MethodSource("paths")
    @FuzzTest(maxDuration = "60s")
    void parse_anyPath_isCanonicalOrRefused(byte[] bytes) {
        if (CanonicalPath.parse(text(bytes)) instanceof CanonicalPath path
                && path.segments().stream().anyMatch(HttpFieldsFuzzTest::isAmbiguous)) {
            throw new AssertionError("a path that two parties read differently");
        }
    }

    private static boolean isAmbiguous(String segment) {
        return segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c < ' ' || "/\\;".indexOf(c) >= 0);
    }

    @MethodSource("forwarded")
    @FuzzTest(maxDuration = "60s")
    void resolve_anyFieldsOfATrustedProxy_areReadOrRefused(byte[] bytes) {
        for (ForwardedFamily family : ForwardedFamily.values()) {
            if (family != ForwardedFamily.NONE) {
                resolve(family, text(bytes));
            }
        }
    }

    private static void resolve(ForwardedFamily family, String value) {
        TrustedProxies proxies = TrustedProxies.of(family, List.of(AddressBlock.parse("192.0.2.0/24")), event -> {});
        ClientResult result = proxies.resolve(TestRequest.get()
                .with("Forwarded", value)
                .with("X-Forwarded-For", value)
                .with("X-Forwarded-Proto", "https"));
        if (result instanceof ResolvedClient client
                && client.host() != null
                && Authority.parse(client.host().toString()).isEmpty()) {
            throw new AssertionError("a host that cannot be read again");
        }
    }

    @MethodSource("contentTypes")
    @FuzzTest(maxDuration = "60s")
    void parse_anyContentType_isReadOrRefused(byte[] bytes) {
        String text = text(bytes);
        if (MediaType.parse(text).isPresent() && text.indexOf('/') <= 0) {
            throw new AssertionError("a media type without a type");
        }
    }

    static Stream<byte[]> paths() {
        return Stream.of("/orders/1", "/a%20b/%c3%a9/", "/a/%2e%2e/b;c=d", "//a%00%2f%5c", "/\u00e9/%zz")
                .map(HttpFieldsFuzzTest::bytes);
    }

    static Stream<byte[]> forwarded() {
        return Stream.of(
                        "for=198.51.100.1;proto=https;host=\"api.example.com:8443\", for=\"[2001:db8::1]:47\";by=_x",
                        "198.51.100.1, ::ffff:192.0.2.7, 192.0.2.1",
                        "for=unknown;;host=a")
                .map(HttpFieldsFuzzTest::bytes);
    }

    static Stream<byte[]> contentTypes() {
        return Stream.of("application/json; charset=\"utf-8\"", "multipart/form-data;boundary=a'b", "a/b;c=\"\\\"\";d")
                .map(HttpFieldsFuzzTest::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
