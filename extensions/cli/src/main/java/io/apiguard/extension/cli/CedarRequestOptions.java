package io.apiguard.extension.cli;

import io.apiguard.cedar.Authorizer;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entities;
import io.apiguard.cedar.schema.Conformance;
import io.apiguard.cedar.schema.Schema;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One request, and by what it is decided. */
final class CedarRequestOptions {

    @Option(
            names = "--policies",
            required = true,
            paramLabel = "<file>",
            description = "Policies, in Cedar's notation or in JSON (*.json).")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path policies;

    @Option(names = "--entities", required = true, paramLabel = "<file>", description = "Entities in JSON.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path entitiesFile;

    @Option(
            names = "--schema",
            paramLabel = "<file>",
            description =
                    "The schema that entities and request must conform to, in Cedar's notation or in JSON (*.json).")
    private @Nullable Path schemaFile;

    @Option(
            names = "--principal",
            required = true,
            paramLabel = "<entity>",
            converter = EntityUidConverter.class,
            description = "Who acts, such as User::\"alice\".")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private EntityUid principal;

    @Option(
            names = "--action",
            required = true,
            paramLabel = "<entity>",
            converter = EntityUidConverter.class,
            description = "What is done, such as Action::\"view\".")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private EntityUid action;

    @Option(
            names = "--resource",
            required = true,
            paramLabel = "<entity>",
            converter = EntityUidConverter.class,
            description = "To what it is done.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private EntityUid resource;

    @Option(names = "--context", paramLabel = "<file>", description = "The context as a JSON object (default: empty).")
    private @Nullable Path contextFile;

    /** Reads everything, and asks. */
    <T> T ask(Asked<T> asked) {
        Schema schema = schemaFile == null ? null : CedarFiles.schema(schemaFile);
        Entities entities = CedarFiles.entities(entitiesFile, schema);
        RecordValue context = contextFile == null ? RecordValue.EMPTY : CedarFiles.context(contextFile, schema, action);
        if (schema != null) {
            check(schema, context);
        }
        return asked.of(
                Authorizer.of(CedarFiles.policies(policies)),
                new CedarRequest(principal, action, resource, context),
                entities);
    }

    /** What is asked of an authorizer. */
    interface Asked<T> {

        T of(Authorizer authorizer, CedarRequest request, Entities entities);
    }

    private void check(Schema schema, RecordValue context) {
        try {
            new Conformance(schema).checkRequest(principal, action, resource, context);
        } catch (CedarException e) {
            throw new InputException("the request is not as the schema demands: " + e.getMessage(), e);
        }
    }
}
