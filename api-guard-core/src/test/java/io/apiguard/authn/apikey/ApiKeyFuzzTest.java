package io.apiguard.authn.apikey;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.apiguard.secret.Secret;
import io.apiguard.secret.SecretSource;
import io.apiguard.secret.SecretSources;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is presented as an API key is refused unless it is one that was issued. */
class ApiKeyFuzzTest {

    /** By itself, for no record may be loaded before Jazzer is there: JDK 17 cannot instrument a loaded one. */
    private static final class Given {
        static final SecretSource SECRETS = SecretSources.of(new Secret(ApiKeys.SECRET_NAME, "v1", new byte[32]));
        static final IssuedApiKey ISSUED =
                ApiKeys.using(SECRETS, ApiKeyStore.of(List.of())).issue(ApiKeyGrant.to("job"));
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyText_isRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ApiKeys keys = ApiKeys.using(Given.SECRETS, ApiKeyStore.of(List.of(Given.ISSUED.stored())));
        if (!text.equals(Given.ISSUED.key()) && !(keys.verify(text) instanceof ApiKeyResult.Invalid)) {
            throw new AssertionError("a text that was never issued is not refused");
        }
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void verify_anyTextUnderARecordOfAnything_isRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        ApiKeys keys = ApiKeys.using(Given.SECRETS, id -> Optional.of(Given.ISSUED.stored()));
        if (!text.equals(Given.ISSUED.key()) && !(keys.verify(text) instanceof ApiKeyResult.Invalid)) {
            throw new AssertionError("a text that was never issued is not refused");
        }
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "60s")
    void id_anyText_isAPartOfIt(byte[] bytes) {
        String text = "ag_" + new String(bytes, StandardCharsets.ISO_8859_1);
        String id = new ApiKeyFormat("ag").id(text);
        if (id != null && !text.startsWith("ag_" + id + "_")) {
            throw new AssertionError("an id that does not stand in the key");
        }
    }

    static Stream<byte[]> texts() {
        String key = new ApiKeyFormat("ag").make(new SecureRandom());
        return Stream.of(key, key.substring(0, key.length() - 1) + "x", key.substring(3), key.toUpperCase(Locale.ROOT))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
