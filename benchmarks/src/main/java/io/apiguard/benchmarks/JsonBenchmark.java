package io.apiguard.benchmarks;

import io.apiguard.field.PropertyNames;
import io.apiguard.redaction.FieldPlanRegistry;
import io.apiguard.redaction.Redactor;
import io.apiguard.validation.JsonLimits;
import io.apiguard.validation.JsonValidator;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Redaction of a response and validation of a request body, beside what any streaming parser must pay: Jackson 3
 * reading every token, and reading and writing every token.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class JsonBenchmark {

    /** The length of the document in bytes, about. */
    @Param({"2048", "102400"})
    public int bytes;

    private final JsonFactory jackson = JsonFactory.builder().build();
    private final JsonValidator validator = JsonValidator.of(JsonLimits.defaults());
    private final Redactor redactor = Redactor.of(
            FieldPlanRegistry.builder(PropertyNames.reflective())
                    .learn(OrderDocument.Page.class)
                    .build()
                    .compile(OrderDocument.Page.class),
            null);
    private byte[] document = new byte[0];

    /** Makes the document, and makes sure that it is what the guard has to work on. */
    @Setup
    public void prepare() {
        document = OrderDocument.ofAbout(bytes);
        if (validator.validate(document).isPresent() || redactor.redact(document).length >= document.length) {
            throw new IllegalStateException("the document is not valid, or nothing in it is masked");
        }
    }

    /** The guard's redaction, one member in ten masked. */
    @Benchmark
    public byte[] guardRedact() {
        return redactor.redact(document);
    }

    /** The guard's validation: syntax, bounds, duplicate names. */
    @Benchmark
    public Object guardValidate() {
        return validator.validate(document);
    }

    /** Floor of validation: Jackson reads every token. */
    @Benchmark
    public int floorJacksonParse() {
        int tokens = 0;
        try (JsonParser parser = jackson.createParser(ObjectReadContext.empty(), document)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** Peer of redaction: Jackson reads every token and writes it again, masking nothing. */
    @Benchmark
    public byte[] peerJacksonCopy() {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(document.length);
        try (JsonParser parser = jackson.createParser(ObjectReadContext.empty(), document);
                JsonGenerator generator = jackson.createGenerator(ObjectWriteContext.empty(), copy)) {
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
            }
        }
        return copy.toByteArray();
    }
}
