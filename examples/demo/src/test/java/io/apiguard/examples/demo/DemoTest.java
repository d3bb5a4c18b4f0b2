package io.apiguard.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {

    @Test
    void tour_everyLine_asExpected() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean asExpected;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                Demo demo = new Demo(out)) {
            asExpected = demo.tour();
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("GET /orders/{id}", "object order-owner") // the coverage table
                .doesNotContain("UNEXPECTED");
        assertThat(text.lines().filter(line -> line.endsWith(" ok"))).hasSizeGreaterThanOrEqualTo(25);
        assertThat(asExpected).isTrue();
    }
}
