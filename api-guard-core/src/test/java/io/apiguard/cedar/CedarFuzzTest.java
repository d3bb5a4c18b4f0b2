package io.apiguard.cedar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is presented as a policy, a schema, entities or a context is read or refused; what is read is written so that it reads as the same. */
class CedarFuzzTest {

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anyPolicyText_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.policies(text(bytes));
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anyCondition_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.policies("permit(principal, action, resource) when { " + text(bytes) + " };");
    }

    @FuzzTest(maxDuration = "10s")
    void parse_anySchemaText_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.schema(text(bytes));
    }

    @FuzzTest(maxDuration = "10s")
    void read_anySchemaJson_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.schemaJson(text(bytes));
    }

    @FuzzTest(maxDuration = "10s")
    void read_anyEntities_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.entities(text(bytes));
    }

    @FuzzTest(maxDuration = "10s")
    void read_anyPolicyJson_isReadOrRefused(byte[] bytes) {
        ReadOrRefused.policyJson(text(bytes));
    }
}
