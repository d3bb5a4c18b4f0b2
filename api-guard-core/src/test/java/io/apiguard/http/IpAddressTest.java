package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:1, ::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:FFFF:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void parse_literal_printsCanonically(String text, String canonical) {
        assertThat(ip(text)).hasToString(canonical);
        assertThat(ip(canonical)).isEqualTo(ip(text)).hasSameHashCodeAs(ip(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..2.3",
                "1.2.3.",
                "+1.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::12345",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "1.2.3.4::",
                "::ffff:1.2.3.4:5",
                "::ffff:01.2.3.4",
                ":1:2:3:4:5:6:7:8",
                "\u0661.2.3.4",
                "::\uff11"
            })
    void parse_anythingElse_isNothing(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void parsePeer_zone_isLeftOut() {
        assertThat(IpAddress.parsePeer("fe80:0:0:0:0:0:0:1%eth0")).contains(ip("fe80::1"));
        assertThat(IpAddress.parsePeer("1.2.3.4%x")).isEmpty();
        assertThat(IpAddress.parsePeer("%eth0")).isEmpty();
    }

    @Test
    void isLoopback_holdsForLoopbackOnly() {
        assertThat(ip("127.0.0.1").isLoopback()).isTrue();
        assertThat(ip("127.255.0.1").isLoopback()).isTrue();
        assertThat(ip("::1").isLoopback()).isTrue();
        assertThat(ip("::ffff:127.0.0.1").isLoopback()).isTrue();
        assertThat(ip("128.0.0.1").isLoopback()).isFalse();
        assertThat(ip("::2").isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    })
    void contains_boundaries_areRight(String block, String address, boolean inside) {
        assertThat(AddressBlock.parse(block).contains(ip(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "::/129",
                "::1/64",
                "a/8",
                "10.0.0.0/8/8",
                "::ffff:10.0.0.0/95",
                "10.0.0.0/ 8"
            })
    void parseBlock_malformed_isRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2:ffff::, 2001:db8:1:2::/64",
        "2001:db8:1:3::1, 2001:db8:1:3::/64",
    })
    void limitKey_isTheV4AddressOrTheV6Network(String text, String key) {
        assertThat(ClientAddress.of(ip(text)).limitKey()).isEqualTo(key);
    }
}
