package io.apiguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.GuardCustomizer;
import io.apiguard.annotation.Authenticated;
import io.apiguard.authn.httpsig.ContentDigest;
import io.apiguard.authn.httpsig.HttpMessage;
import io.apiguard.authn.httpsig.HttpMessageSigner;
import io.apiguard.authn.httpsig.HttpSignatureKey;
import io.apiguard.authn.httpsig.HttpSignatureKeys;
import io.apiguard.authn.httpsig.HttpSignatureVerifier;
import io.apiguard.authn.httpsig.SignatureAlgorithm;
import io.apiguard.authn.httpsig.SignerGrant;
import io.apiguard.http.Header;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What containers split into parts or parameters by themselves is never taken past its signature. */
class SignedUploadTest {

    private static final KeyPair PAIR = pair();
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PART =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n";
    private static RunningApp app;

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        GuardCustomizer signatures() {
            HttpSignatureKey key =
                    HttpSignatureKey.of(SignatureAlgorithm.ED25519, PAIR.getPublic(), SignerGrant.of("partner"));
            return builder -> builder.signatures(HttpSignatureVerifier.withKeys(HttpSignatureKeys.of(Map.of("k", key)))
                    .replaysPermittedUntilExpiry()
                    .build());
        }

        @Bean
        SecurityFilterChain noneOfSpringSecurity(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable()).build();
        }

        @Bean
        Uploads uploads() {
            return new Uploads();
        }
    }

    @RestController
    static class Uploads {

        @Authenticated
        @PostMapping("/parts")
        String parts(@RequestParam("file") MultipartFile file) {
            RUNS.incrementAndGet();
            return file.getOriginalFilename();
        }

        @Authenticated
        @PostMapping("/form")
        String form(@RequestParam("amount") String amount) {
            RUNS.incrementAndGet();
            return amount;
        }

        @Authenticated
        @PostMapping("/bytes")
        String bytes(@RequestBody byte[] body) {
            RUNS.incrementAndGet();
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void start() {
        app = RunningApp.of(
                Application.class,
                "api-guard.size.content-types=application/json,multipart/form-data,application/x-www-form-urlencoded");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static HttpResponse<String> post(String path, String type, String signed, String sent) {
        URI uri = URI.create("http://127.0.0.1:" + app.port("local.server.port") + path);
        List<Header> fields = new ArrayList<>();
        fields.add(ContentDigest.of(signed.getBytes(StandardCharsets.UTF_8)));
        fields.addAll(HttpMessageSigner.of(SignatureAlgorithm.ED25519, PAIR.getPrivate(), "k")
                .build()
                .sign(HttpMessage.request("POST", uri, List.copyOf(fields))));
        List<String> headers = new ArrayList<>(List.of("Content-Type", type));
        fields.forEach(field -> headers.addAll(List.of(field.name(), field.value())));
        return app.post(path, sent, headers.toArray(String[]::new));
    }

    @Test
    void form_signed_isReadAsItWasCompared() {
        assertThat(post("/form", FORM, "amount=100", "amount=100").body()).isEqualTo("100");
        int before = RUNS.get();
        assertThat(post("/form", FORM, "amount=100", "amount=900").statusCode()).isEqualTo(401);
        assertThat(RUNS.get()).isEqualTo(before);
    }

    @Test
    void bytes_signedMultipart_areThoseThatWereCompared() {
        assertThat(post("/bytes", MULTIPART, PART, PART).body()).isEqualTo(PART);
        int before = RUNS.get();
        assertThat(post("/bytes", MULTIPART, PART, PART.replace("hello", "salut"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(RUNS.get()).isEqualTo(before);
    }

    @Test
    void parts_signedMultipart_areRefusedSinceTheContainerCannotSplitWhatWasCompared() {
        int before = RUNS.get();
        assertThat(post("/parts", MULTIPART, PART, PART.replace("hello", "salut"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/parts", MULTIPART, PART, PART).statusCode()).isEqualTo(500);
        assertThat(RUNS.get()).isEqualTo(before);
    }
}
