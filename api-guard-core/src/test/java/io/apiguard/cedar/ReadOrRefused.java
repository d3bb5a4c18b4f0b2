package io.apiguard.cedar;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.json.EntitiesJson;
import io.apiguard.cedar.json.PolicyJson;
import io.apiguard.cedar.json.PolicySetJson;
import io.apiguard.cedar.json.SchemaGuidedJson;
import io.apiguard.cedar.json.SchemaJson;
import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.parser.ParsedPolicy;
import io.apiguard.cedar.parser.SchemaParser;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.schema.SchemaSource;
import io.apiguard.cedar.validation.Validator;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;

/** Reads what may be anything: a {@link CedarException} is an answer, whatever else is thrown is a fault; so is what reads back as something else. */
final class ReadOrRefused {

    private static final Schema SCHEMA = Schema.of(
            SchemaParser.parse(
                    "entity Group; entity User in [Group] { age?: Long, name: String }"
                            + " tags String; entity Doc { owner: User }; action view appliesTo { principal: User, resource: Doc };"));
    private static final CedarRequest REQUEST = new CedarRequest(
            EntityUid.of("User", "a"), EntityUid.of("Action", "view"), EntityUid.of("Doc", "d"), RecordValue.EMPTY);

    private ReadOrRefused() {}

    static void policies(String text) {
        PolicySet policies;
        try {
            policies = PolicySet.parse(text);
        } catch (CedarException e) {
            return;
        }
        for (ParsedPolicy parsed : policies.staticPolicies().values()) {
            same(parsed.policy(), CedarParser.policy(parsed.policy().toString()).policy());
        }
        for (ParsedPolicy parsed : policies.templates().values()) {
            same(parsed.policy(), CedarParser.policy(parsed.policy().toString()).policy());
        }
        Validator.of(SCHEMA).validateLevel(policies, 1);
        Authorizer.of(policies).decide(REQUEST, Entities.NONE);
        asJson(policies);
    }

    /** Long chains nest in JSON, so that some policies cannot be written. */
    private static void asJson(PolicySet policies) {
        String json;
        try {
            json = PolicySetJson.write(policies);
        } catch (CedarException e) {
            return;
        }
        same(policies.policies(), PolicySetJson.read(json).policies());
    }

    static void policyJson(String json) {
        Policy policy;
        try {
            policy = PolicyJson.read(json);
        } catch (CedarException e) {
            return;
        }
        same(policy, PolicyJson.read(PolicyJson.write(policy)));
        Policy again;
        try {
            again = CedarParser.policy(policy.toString()).policy();
        } catch (CedarException e) {
            if (String.valueOf(e.getMessage()).contains("nest")) {
                return;
            }
            throw new AssertionError(policy + " is printed so that it cannot be read", e);
        }
        same(policy, again);
    }

    static void schema(String text) {
        try {
            SchemaSource source = SchemaParser.parse(text);
            same(source, SchemaParser.parse(text));
            Validator.of(Schema.of(source));
        } catch (CedarException e) {
            return;
        }
    }

    static void schemaJson(String json) {
        try {
            SchemaSource source = SchemaJson.read(json);
            same(source, SchemaJson.read(json));
            Validator.of(Schema.of(source));
        } catch (CedarException e) {
            return;
        }
    }

    static void entities(String json) {
        readOrRefused(() -> same(Entities.of(EntitiesJson.entities(json)), Entities.of(EntitiesJson.entities(json))));
        readOrRefused(() -> EntitiesJson.context(json));
        readOrRefused(() -> new SchemaGuidedJson(SCHEMA).entities(json));
    }

    private static void readOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (CedarException e) {
            return;
        }
    }

    private static void same(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError(one + " reads back as " + other);
        }
    }
}
