package io.apiguard.contract.spring;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.Authenticated;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Answers of every kind: asynchronous, failing, streamed, with header fields of their own, impossible to read. */
@RestController
@Authenticated
public class AnswersController {

    @GetMapping("/api/me")
    @Audited(action = "me.read")
    Map<String, Object> me(Identity caller) {
        return ContractHandlers.me(caller);
    }

    @GetMapping("/api/async")
    Callable<Map<String, Object>> async(Identity caller) {
        return () -> ContractHandlers.describe("async", caller);
    }

    @GetMapping("/api/async/failing")
    Callable<Map<String, Object>> asyncFailing() {
        return () -> ContractHandlers.fail("asyncFailing");
    }

    @GetMapping("/api/failing")
    Map<String, Object> failing() {
        return ContractHandlers.fail("failing");
    }

    @GetMapping("/api/missing")
    Map<String, Object> missing() {
        ContractHandlers.ran("missing");
        throw new ResponseStatusException(HttpStatus.NOT_FOUND, ContractHandlers.SECRET);
    }

    @GetMapping(path = "/api/large", produces = MediaType.APPLICATION_JSON_VALUE)
    StreamingResponseBody large() {
        return ContractHandlers::writeLarge;
    }

    @GetMapping(path = "/api/text", produces = "text/plain;charset=UTF-8")
    String text() {
        return ContractHandlers.text();
    }

    @GetMapping("/api/headers")
    ResponseEntity<Map<String, Object>> headers(Identity caller) {
        return ResponseEntity.ok()
                .header("X-Powered-By", "Contract/1.2.3")
                .header("Cache-Control", "public, max-age=600")
                .header("X-Own", "kept")
                .body(ContractHandlers.describe("ownHeaders", caller));
    }

    @GetMapping("/api/redirect")
    ResponseEntity<Void> redirect() {
        ContractHandlers.ran("redirect");
        return ResponseEntity.status(302)
                .header("Location", "https://app.example.com/next")
                .build();
    }

    @GetMapping("/api/errorbody")
    ResponseEntity<Map<String, Object>> errorBody() {
        return ResponseEntity.status(422).body(ContractHandlers.open("errorBody"));
    }

    @GetMapping("/api/open")
    Map<String, Object> open() {
        return ContractHandlers.open("open");
    }

    @GetMapping("/api/encoded")
    ResponseEntity<byte[]> encoded() {
        return ResponseEntity.ok()
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .body(ContractHandlers.compressedJson());
    }

    @GetMapping("/api/partial")
    ResponseEntity<byte[]> partial() {
        return ResponseEntity.status(206)
                .header("Content-Type", "application/json")
                .header("Content-Range", "bytes 0-99/5000")
                .body(ContractHandlers.sensitiveJson("partial", StandardCharsets.UTF_8));
    }

    @GetMapping("/api/utf16")
    ResponseEntity<byte[]> utf16() {
        return ResponseEntity.ok()
                .header("Content-Type", "application/json;charset=UTF-16LE")
                .body(ContractHandlers.sensitiveJson("utf16", StandardCharsets.UTF_16LE));
    }

    @GetMapping("/api/broken")
    ResponseEntity<byte[]> broken() {
        return ResponseEntity.ok().header("Content-Type", "application/json").body(ContractHandlers.brokenJson());
    }
}
