package io.apiguard.authn.introspection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.authn.jose.ClaimPath;
import io.apiguard.authn.jose.Malformed;
import io.apiguard.authn.jose.StrictJson;
import io.apiguard.authn.jwt.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an endpoint answers is judged, and what is presented as a token never throws. */
class AnswerRulesFuzzTest {

    /** By itself, for no record may be loaded before Jazzer is there: JDK 17 cannot instrument a loaded one. */
    private static final class Given {
        static final AnswerRules RULES = new AnswerRules(
                Tokens.ISSUER,
                Set.of("orders"),
                Duration.ofSeconds(30),
                null,
                true,
                new AnswerRules.Places(List.of(ClaimPath.parse("realm.roles")), ClaimPath.parse("org"), null));
    }

    @MethodSource("answers")
    @FuzzTest(maxDuration = "60s")
    void check_anyAnswer_isJudged(byte[] bytes) {
        try {
            Given.RULES.check(StrictJson.object(bytes), "f", Tokens.NOW);
        } catch (Malformed e) {
            return;
        }
    }

    @MethodSource("tokens")
    @FuzzTest(maxDuration = "60s")
    void fault_anyToken_isJudged(byte[] bytes) {
        TokenSyntax.fault(new String(bytes, StandardCharsets.UTF_8), 4096);
    }

    static Stream<byte[]> answers() {
        long now = Tokens.NOW.getEpochSecond();
        return Stream.of(
                        "{\"active\":false}",
                        "{\"active\":true,\"iss\":\"" + Tokens.ISSUER
                                + "\",\"aud\":[\"orders\"],\"sub\":\"alice\",\"exp\":" + (now + 60) + ",\"nbf\":" + now
                                + ",\"iat\":" + now + ",\"scope\":\"a b\",\"client_id\":\"shop\"}",
                        "{\"active\":true,\"aud\":\"orders\",\"sub\":\"a\",\"exp\":1e400,\"cnf\":{\"jkt\":\""
                                + "A".repeat(43) + "\"},\"username\":\"u\",\"token_type\":\"DPoP\"}")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> tokens() {
        return Stream.of("mF_9.B5f-4.1JqM", "a+/~==").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
