package io.apiguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.event.GuardEvent;
import io.apiguard.event.GuardListener;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of {@link TrustedProxies}, in a class of their own because another engine runs them. */
class TrustedProxiesPropertyTest {
    private final List<GuardEvent> events = new ArrayList<>();

    private TrustedProxies trusting(ForwardedFamily family) {
        return TrustedProxies.of(
                family, List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("fd00::/8")), events::add);
    }

    private static ResolvedClient resolved(ClientResult result) {
        return (ResolvedClient) result;
    }

    @Property(tries = 200)
    void resolve_rotatingFieldsOfUntrustedPeer_stayOneClient(@ForAll String value) {
        for (ForwardedFamily family : ForwardedFamily.values()) {
            TrustedProxies proxies =
                    family == ForwardedFamily.NONE ? TrustedProxies.none(GuardListener.none()) : trusting(family);
            ResolvedClient result = resolved(proxies.resolve(TestRequest.get()
                    .with("X-Forwarded-For", value)
                    .with("Forwarded", value)
                    .with("X-Forwarded-Proto", "https")
                    .with("X-Forwarded-Host", "evil.example")));
            assertThat(result)
                    .isEqualTo(new ResolvedClient(
                            ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow()), false, false, null));
        }
    }
}
