package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final TestRequest FROM_PROXY = TestRequest.get().from("10.0.0.1");
    private final List<GuardEvent> events = new ArrayList<>();

    private TrustedProxies trusting(ForwardedFamily family) {
        return TrustedProxies.of(
                family, List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("fd00::/8")), events::add);
    }

    private static ResolvedClient resolved(ClientResult result) {
        return (ResolvedClient) result;
    }

    private static String client(ClientResult result) {
        return resolved(result).client().toString();
    }

    private String x(String... forwardedFor) {
        TestRequest request = FROM_PROXY;
        for (String line : forwardedFor) {
            request = request.with("X-Forwarded-For", line);
        }
        return client(trusting(ForwardedFamily.X_FORWARDED).resolve(request));
    }

    private String forwarded(String... lines) {
        TestRequest request = FROM_PROXY;
        for (String line : lines) {
            request = request.with("Forwarded", line);
        }
        return client(trusting(ForwardedFamily.FORWARDED).resolve(request));
    }

    @Test
    void resolve_xForwardedFor_isTheRightmostUntrustedHop() {
        assertThat(x()).isEqualTo("10.0.0.1");
        assertThat(x("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(x("198.51.100.1, 203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(x("198.51.100.1", "203.0.113.9, 10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(x("10.9.9.9, 203.0.113.9, 10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(x("10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
        assertThat(x("203.0.113.9:4711")).isEqualTo("203.0.113.9");
        assertThat(x("2001:db8::1")).isEqualTo("2001:db8::1");
        assertThat(x("[2001:db8::1]:443")).isEqualTo("2001:db8::1");
        assertThat(x("::ffff:203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(x("198.51.100.1, ::ffff:10.0.0.2")).isEqualTo("198.51.100.1");
    }

    @Test
    void resolve_forwarded_isTheRightmostUntrustedHop() {
        assertThat(forwarded("for=203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(forwarded("For=198.51.100.1, FOR=\"203.0.113.9:80\";by=10.0.0.1"))
                .isEqualTo("203.0.113.9");
        assertThat(forwarded("for=\"[2001:db8::1]:443\"")).isEqualTo("2001:db8::1");
        assertThat(forwarded("for=198.51.100.1", "for=203.0.113.9 , for=10.0.0.2"))
                .isEqualTo("203.0.113.9");
        assertThat(forwarded("for=\"_a,b\\\"c\", for=203.0.113.9".replace("_a,b\\\"c", "_abc")))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void resolve_onePeerAfterAnother_isAsIfEachWereTheFirst() {
        TrustedProxies none = TrustedProxies.none(GuardListener.none());
        for (String peer :
                List.of("192.0.2.1", "192.0.2.1", "x", "192.0.2.1", "::ffff:192.0.2.7", "2001:db8::1", "2001:db8::1")) {
            ClientResult fresh = TrustedProxies.none(GuardListener.none())
                    .resolve(TestRequest.get().from(peer));
            assertThat(none.resolve(TestRequest.get().from(peer))).isEqualTo(fresh);
        }
    }

    @Test
    void resolve_hiddenSender_isTheNearestKnownHop() {
        assertThat(forwarded("for=198.51.100.1, for=unknown, for=10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(forwarded("for=198.51.100.1, for=_hidden")).isEqualTo("10.0.0.1");
        assertThat(forwarded("for=198.51.100.1, proto=https")).isEqualTo("10.0.0.1");
        assertThat(forwarded("for=\"_hidden:_port\"")).isEqualTo("10.0.0.1");
        assertThat(x("198.51.100.1, unknown")).isEqualTo("10.0.0.1");
    }

    @Test
    void resolve_schemeAndHost_areTheWordOfTheHopNearestToTheClient() {
        TrustedProxies proxies = trusting(ForwardedFamily.FORWARDED);
        ResolvedClient result = resolved(proxies.resolve(FROM_PROXY.with(
                "Forwarded",
                "for=1.1.1.1;proto=http;host=evil.example,"
                        + " for=203.0.113.9;proto=https;host=\"api.example.com:8443\","
                        + " for=10.0.0.2;proto=http")));
        assertThat(result.secure()).isTrue();
        assertThat(result.host()).isEqualTo(new Authority("api.example.com", 8443));
        assertThat(resolved(proxies.resolve(FROM_PROXY.with("Forwarded", "for=203.0.113.9")))
                        .secure())
                .isFalse();
        assertThat(resolved(proxies.resolve(FROM_PROXY.overTls().with("Forwarded", "for=203.0.113.9;proto=HTTP")))
                        .secure())
                .isFalse();
    }

    @Test
    void resolve_xForwardedProto_isOneForAllOrOneForEachHop() {
        TrustedProxies proxies = trusting(ForwardedFamily.X_FORWARDED);
        TestRequest request = FROM_PROXY.with("X-Forwarded-For", "198.51.100.1, 203.0.113.9");
        assertThat(resolved(proxies.resolve(request.with("X-Forwarded-Proto", "https")))
                        .secure())
                .isTrue();
        assertThat(resolved(proxies.resolve(request.with("X-Forwarded-Proto", "https, http")))
                        .secure())
                .isFalse();
        assertThat(resolved(proxies.resolve(FROM_PROXY.with("X-Forwarded-Proto", "https")))
                        .secure())
                .isTrue();
        assertThat(resolved(proxies.resolve(request.with("X-Forwarded-Host", "API.example.com")))
                        .host())
                .isEqualTo(new Authority("api.example.com", -1));
        assertThat(proxies.resolve(request.with("X-Forwarded-Proto", "https, http, http")))
                .isInstanceOf(Violation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "evil",
                "1.2.3.4,",
                ",1.2.3.4",
                "1.2.3.4 5.6.7.8",
                "1.2.3.4:",
                "1.2.3.4:x",
                "[1.2.3.4]",
                "[::1",
                "[::1]x",
                "fe80::1%eth0",
                "_",
                "1.2.3.4:999999",
                "\"1.2.3.4\""
            })
    void resolve_malformedXForwardedForOfTrustedPeer_is400(String value) {
        ClientResult result = trusting(ForwardedFamily.X_FORWARDED).resolve(FROM_PROXY.with("X-Forwarded-For", value));
        assertThat(result).isInstanceOfSatisfying(Violation.class, violation -> assertThat(violation.status())
                .isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for",
                "for=",
                "=1.2.3.4",
                "for=1.2.3.4;for=5.6.7.8",
                "for=1.2.3.4;",
                "for=1.2.3.4,",
                "for=\"1.2.3.4",
                "for=::1",
                "for=[::1]",
                "for =1.2.3.4",
                "for=1.2.3.4;proto=ftp",
                "for=1.2.3.4;host=\"a b\"",
                "for=1.2.3.4 x",
                "for=1.2.3.4\" ",
                "for=\"\""
            })
    void resolve_malformedForwardedOfTrustedPeer_is400(String value) {
        ClientResult result = trusting(ForwardedFamily.FORWARDED).resolve(FROM_PROXY.with("Forwarded", value));
        assertThat(result).isInstanceOfSatisfying(Violation.class, violation -> assertThat(violation.status())
                .isEqualTo(400));
    }

    @ParameterizedTest
    @CsvSource({"32, true", "33, false"})
    void resolve_hops_areBounded(int count, boolean accepted) {
        String hops = String.join(
                ",", IntStream.range(0, count).mapToObj(i -> "10.0.0.2").toList());
        ClientResult x = trusting(ForwardedFamily.X_FORWARDED).resolve(FROM_PROXY.with("X-Forwarded-For", hops));
        ClientResult forwarded = trusting(ForwardedFamily.FORWARDED)
                .resolve(FROM_PROXY.with("Forwarded", hops.replace("10.", "for=10.")));
        assertThat(x instanceof ResolvedClient).isEqualTo(accepted);
        assertThat(forwarded instanceof ResolvedClient).isEqualTo(accepted);
    }

    @Test
    void resolve_rotatingLeftOfTheClient_staysOneClient() {
        for (int i = 0; i < 50; i++) {
            assertThat(x("198.51.100." + i + ", 203.0.113.9")).isEqualTo("203.0.113.9");
        }
    }

    @Test
    void resolve_otherFamily_isIgnored() {
        TestRequest request = FROM_PROXY.with("X-Forwarded-For", "203.0.113.9");
        assertThat(client(trusting(ForwardedFamily.FORWARDED).resolve(request))).isEqualTo("10.0.0.1");
        assertThat(events).hasSize(1);
    }

    @Test
    void resolve_ignoredFields_areReportedOnce() {
        TrustedProxies proxies = trusting(ForwardedFamily.X_FORWARDED);
        proxies.resolve(TestRequest.get());
        proxies.resolve(FROM_PROXY.with("X-Forwarded-For", "203.0.113.9"));
        assertThat(events).isEmpty();
        proxies.resolve(TestRequest.get().with("X-Forwarded-For", "203.0.113.9"));
        proxies.resolve(TestRequest.get().with("X-Forwarded-For", "203.0.113.10"));
        assertThat(events).extracting(GuardEvent::name).containsExactly("forwarded.ignored");
        assertThat(events.toString()).doesNotContain("203.0.113");
    }

    @Test
    void resolve_peerThatIsNoLiteral_is400() {
        assertThat(TrustedProxies.none(events::add).resolve(TestRequest.get().from("localhost")))
                .isInstanceOf(Violation.class);
        assertThat(client(TrustedProxies.none(events::add)
                        .resolve(TestRequest.get().from("fe80::1%3"))))
                .isEqualTo("fe80::1");
    }

    @Test
    void of_contradiction_isRefused() {
        List<AddressBlock> blocks = List.of(AddressBlock.parse("10.0.0.0/8"));
        assertThatThrownBy(() -> TrustedProxies.of(ForwardedFamily.NONE, blocks, events::add))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TrustedProxies.of(ForwardedFamily.FORWARDED, List.of(), events::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resolve_underTurkishLocale_isTheSame() {
        InTurkish.run(() -> {
            assertThat(forwarded("FOR=203.0.113.9;PROTO=HTTPS")).isEqualTo("203.0.113.9");
            assertThat(x("198.51.100.1, UNKNOWN")).isEqualTo("10.0.0.1");
        });
    }
}
