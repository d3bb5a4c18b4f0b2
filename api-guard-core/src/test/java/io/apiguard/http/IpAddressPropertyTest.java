package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Properties of {@link IpAddress}, in a class of their own because another engine runs them. */
class IpAddressPropertyTest {

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Property
    void parse_whatIsPrinted_readsBackTheSame(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        InetAddress expected = InetAddress.getByAddress(bytes);
        IpAddress address = ip(expected.getHostAddress());
        assertThat(ip(address.toString())).isEqualTo(address);
        assertThat(InetAddress.getByName(address.toString())).isEqualTo(expected);
    }

    @Property
    void parse_whateverTheText_neverThrows(@ForAll String text) {
        assertThat(IpAddress.parse(text).map(IpAddress::toString).orElse("none"))
                .isNotEmpty();
    }

    @Property
    void contains_holds_exactlyIfTheFirstBitsAreEqual(
            @ForAll @Size(16) byte[] bytes,
            @ForAll @IntRange(max = 128) int prefix,
            @ForAll @IntRange(max = 127) int flipped)
            throws UnknownHostException {
        bytes[0] |= 0x20;
        IpAddress address = ip(InetAddress.getByAddress(bytes).getHostAddress());
        AddressBlock block = AddressBlock.parse(address.network(prefix) + "/" + prefix);
        bytes[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
        IpAddress other = ip(InetAddress.getByAddress(bytes).getHostAddress());
        assertThat(block.contains(address)).isTrue();
        assertThat(block.contains(other)).isEqualTo(flipped >= prefix);
    }
}
