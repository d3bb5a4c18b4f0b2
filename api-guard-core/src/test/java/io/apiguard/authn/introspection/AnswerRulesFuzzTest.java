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

/** Whatever an endpoint answers is judged, and what is presented as a token never throws. */
class AnswerRulesFuzzTest {

    private final AnswerRules rules = new AnswerRules(
            Tokens.ISSUER,
            Set.of("orders"),
            Duration.ofSeconds(30),
            null,
            new AnswerRules.Places(List.of(ClaimPath.parse("realm.roles")), ClaimPath.parse("org"), null));

    @FuzzTest(maxDuration = "10s")
    void check_anyAnswer_isJudged(byte[] bytes) {
        try {
            rules.check(StrictJson.object(bytes), "f", Tokens.NOW);
        } catch (Malformed e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "10s")
    void fault_anyToken_isJudged(byte[] bytes) {
        TokenSyntax.fault(new String(bytes, StandardCharsets.UTF_8), 4096);
    }
}
