package io.apiguard.contract.spring;

import io.apiguard.annotation.Authenticated;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints that demand how the caller was authenticated. */
@RestController
public class AuthenticationController {

    @GetMapping("/api/stepup")
    @Authenticated(
            acr = {"phr", "phrh"},
            maxAgeSeconds = 300)
    Map<String, Object> stepUp(Identity caller) {
        return ContractHandlers.describe("stepUp", caller);
    }

    @GetMapping("/api/bound")
    @Authenticated(boundOnly = true)
    Map<String, Object> bound(Identity caller) {
        return ContractHandlers.describe("bound", caller);
    }
}
