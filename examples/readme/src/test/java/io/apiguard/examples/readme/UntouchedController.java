package io.apiguard.examples.readme;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An existing application that knows nothing of the guard. */
@RestController
class UntouchedController {

    @GetMapping("/orders/{id}")
    Map<String, String> get(@PathVariable("id") String id) {
        return Map.of("id", id, "card", "4111111111111111");
    }

    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", "up");
    }
}
