package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRulesTest {

    private static final HostRules ANY = HostRules.of(List.of());

    private static int status(HostResult result) {
        return result instanceof Violation violation ? violation.status() : 200;
    }

    @Test
    void judge_oneHostAfterAnother_isAsIfEachWereTheFirst() {
        HostRules rules = HostRules.of(List.of("api.example.com", "other.example.com:8443"));
        Authority forwarded = new Authority("api.example.com", Authority.NO_PORT);
        for (int round = 0; round < 2; round++) {
            for (String host : List.of("api.example.com", "API.example.com:1", "other.example.com:8443")) {
                assertThat(rules.judge(TestRequest.get().with("Host", host), null))
                        .isEqualTo(Authority.parse(host).get());
                assertThat(status(rules.judge(TestRequest.get().with("Host", "evil.example"), null)))
                        .isEqualTo(421);
                assertThat(status(rules.judge(TestRequest.get().with("Host", "a b"), null)))
                        .isEqualTo(400);
                assertThat(rules.judge(TestRequest.get().with("Host", "evil.example"), forwarded))
                        .isEqualTo(forwarded);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com, -1",
        "API.Example.COM:8443, api.example.com, 8443",
        "localhost, localhost, -1",
        "127.0.0.1:80, 127.0.0.1, 80",
        "[::1]:8080, [::1], 8080",
        "[2001:DB8:0::1], [2001:db8::1], -1",
        "xn--bcher-kva.example, xn--bcher-kva.example, -1",
        "my_service:65535, my_service, 65535",
        "a1.2b, a1.2b, -1",
    })
    void parse_wellFormed_isCanonical(String text, String host, int port) {
        assertThat(Authority.parse(text)).contains(new Authority(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "a:0",
                "a:080",
                "a:65536",
                "a:99999999999",
                "a:+1",
                "a:8o",
                "a b",
                "a,b",
                "a/b",
                "user@a",
                "a..b",
                ".a",
                "a.",
                "a%2eb",
                "1.2.3",
                "1.2.3.256",
                "01.2.3.4",
                "example.1",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]:",
                "[1.2.3.4]",
                "[fe80::1%25eth0]",
                "a\u00e9",
                "a:1:2",
                "[]"
            })
    void parse_malformed_isNothing(String text) {
        assertThat(Authority.parse(text)).isEmpty();
    }

    @Test
    void parse_lengths_areBounded() {
        assertThat(Authority.parse("a".repeat(63))).isPresent();
        assertThat(Authority.parse("a".repeat(64))).isEmpty();
        assertThat(Authority.parse("a.".repeat(126) + "a")).isPresent();
        assertThat(Authority.parse("a.".repeat(127) + "a")).isEmpty();
    }

    @Test
    void judge_hostField_mustBeSingleAndWellFormed() {
        TestRequest request = TestRequest.get();
        assertThat(status(ANY.judge(request, null))).isEqualTo(400);
        assertThat(status(ANY.judge(request.with("Host", "a").with("host", "a"), null)))
                .isEqualTo(400);
        assertThat(status(ANY.judge(request.with("Host", "a, b"), null))).isEqualTo(400);
        assertThat(ANY.judge(request.with("Host", "A.example"), null)).isEqualTo(new Authority("a.example", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com:8443, 200",
        "api.example.com, other.example.com, 421",
        "api.example.com, xapi.example.com, 421",
        "api.example.com:8443, api.example.com:8443, 200",
        "api.example.com:8443, api.example.com, 421",
        "*.example.com, a.example.com, 200",
        "*.example.com, a.b.example.com:80, 200",
        "*.example.com, example.com, 421",
        "*.example.com, notexample.com, 421",
        "*.example.com, example.com.evil.org, 421",
        "[::1]:8080, [0:0::1]:8080, 200",
    })
    void judge_allowedHosts_areExactOrSuffixes(String allowed, String host, int status) {
        HostRules rules = HostRules.of(List.of("unrelated.example.org", allowed));
        assertThat(status(rules.judge(TestRequest.get().with("Host", host), null)))
                .isEqualTo(status);
    }

    @Test
    void judge_forwardedHost_isWhatMustBeAllowed() {
        HostRules rules = HostRules.of(List.of("api.example.com"));
        TestRequest request = TestRequest.get().with("Host", "backend:8080");
        assertThat(status(rules.judge(request, new Authority("api.example.com", -1))))
                .isEqualTo(200);
        assertThat(status(rules.judge(request, new Authority("evil.example", -1))))
                .isEqualTo(421);
        assertThat(status(rules.judge(TestRequest.get(), new Authority("api.example.com", -1))))
                .isEqualTo(400);
    }

    @Test
    void judge_underTurkishLocale_isTheSame() {
        HostRules rules = HostRules.of(List.of("INFO.example.com"));
        InTurkish.run(() -> {
            assertThat(status(rules.judge(TestRequest.get().with("Host", "INFO.EXAMPLE.COM"), null)))
                    .isEqualTo(200);
            assertThat(Authority.parse("INFO").orElseThrow().host()).isEqualTo("info");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a.*.b", "https://a", "*.[::1]", "*.1.2.3.4", "a/b"})
    void of_malformedEntry_isRefused(String entry) {
        assertThatThrownBy(() -> HostRules.of(List.of(entry))).isInstanceOf(IllegalArgumentException.class);
    }
}
