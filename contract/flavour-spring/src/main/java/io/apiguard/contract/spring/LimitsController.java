package io.apiguard.contract.spring;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import io.apiguard.ratelimit.LimitKey;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Limits of every kind. */
@RestController
public class LimitsController {

    @GetMapping("/api/public/limited")
    @PublicEndpoint
    @RateLimit(requests = 2, by = LimitKey.CLIENT_ADDRESS, name = "by-address")
    Map<String, Object> byAddress() {
        return ContractHandlers.describe("limitedAddress", null);
    }

    @GetMapping("/api/limited")
    @Authenticated
    @RateLimit(requests = 3, name = "by-identity")
    Map<String, Object> byIdentity(Identity caller) {
        return ContractHandlers.describe("limited", caller);
    }

    @GetMapping("/api/limited/tenant")
    @Authenticated
    @RateLimit(requests = 2, by = LimitKey.TENANT, name = "by-tenant")
    Map<String, Object> byTenant(Identity caller) {
        return ContractHandlers.describe("limitedTenant", caller);
    }

    @GetMapping("/api/limited/key")
    @Authenticated
    @RateLimit(requests = 2, by = LimitKey.API_KEY, name = "by-key")
    Map<String, Object> byKey(Identity caller) {
        return ContractHandlers.describe("limitedKey", caller);
    }

    @GetMapping("/api/limited/heavy")
    @Authenticated
    @RateLimit(requests = 5, cost = 3, name = "heavy")
    Map<String, Object> heavy(Identity caller) {
        return ContractHandlers.describe("limitedHeavy", caller);
    }
}
