package io.apiguard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.apiguard.audit.AuditEvent;
import io.apiguard.contract.ContractCase.AnsweredBy;
import io.apiguard.contract.ContractCase.Step;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What every adapter must do, on whichever server: the kit that a server's module extends with its {@link
 * ContractServer}.
 *
 * <p>Cases run one after the other, because each is asked for the handlers that ran and for its audit event.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ContractServer server;
    private final Set<String> seen = new HashSet<>();
    private ContractFixture fixture;
    private int port;
    private int made;
    private int kept;

    /**
     * Makes the contract of a server.
     *
     * @param server the server, not started
     */
    protected AdapterContract(ContractServer server) {
        this.server = server;
    }

    @BeforeAll
    void start() throws Exception {
        fixture = ContractFixture.open(server);
        port = server.start(fixture);
    }

    @AfterAll
    void stop() throws Exception {
        System.out.println("contract: " + server.name() + " " + kept + "/" + made + " exchanges");
        server.stop();
        fixture.close();
    }

    /** {@return every case of the contract, by area} */
    @TestFactory
    Stream<DynamicNode> exchanges() {
        return Stream.of(
                        areas(ContractCases.byArea()),
                        Stream.of(dynamicTest("starts again, with every check of credentials", this::restart)),
                        areas(ContractCases.ofCredentials()),
                        Stream.of(dynamicTest(
                                "the table of what the container refuses names cases only", this::checkTable)))
                .flatMap(Function.identity());
    }

    /** Tables are made when they are run, one after the other. */
    private Stream<DynamicNode> areas(Map<String, Function<ContractFixture, List<ContractCase>>> areas) {
        return areas.entrySet().stream()
                .map(area -> dynamicContainer(
                        area.getKey(),
                        Stream.of(area.getValue())
                                .flatMap(table -> table.apply(fixture).stream())
                                .map(this::test)));
    }

    private void restart() throws Exception {
        server.stop();
        fixture.close();
        fixture = ContractFixture.openForCredentials(server);
        port = server.start(fixture);
    }

    private DynamicTest test(ContractCase one) {
        return dynamicTest(one.toString(), () -> run(one));
    }

    private void run(ContractCase one) throws IOException {
        assertThat(seen.add(one.name()))
                .as("two cases are named '%s'", one.name())
                .isTrue();
        OptionalInt listed = server.refusedByContainer().statusOf(one.name());
        assertThat(listed.isPresent() && one.answeredBy() == AnsweredBy.GUARD)
                .as("'%s' must be answered by the guard, but stands in the container's table", one.name())
                .isFalse();
        fixture.clock().advance(one.after());
        boolean sharing = one.oneConnection() && server.keepsConnections();
        try (RawConnection shared = sharing ? RawConnection.open(port, ContractFixture.CALLER) : null) {
            RawAnswer answer = RawAnswer.none();
            for (Step step : one.steps()) {
                RawRequest request = step.request().apply(answer);
                answer = exchange(
                        one,
                        request,
                        listed.isPresent() ? Expectation.containerRefusal(listed.getAsInt()) : step.expectation(),
                        shared);
            }
        }
    }

    private RawAnswer exchange(
            ContractCase one, RawRequest request, Expectation expectation, @Nullable RawConnection shared)
            throws IOException {
        assumeAddress(request.peer());
        made++;
        Map<String, Long> before = Runs.snapshot();
        fixture.audit().drain();
        RawAnswer answer = shared == null ? RawHttp.exchange(port, request) : shared.exchange(request);
        Observed observed = new Observed(answer, Runs.since(before), audit(answer));
        try {
            expectation.check(observed);
            kept++;
        } catch (AssertionError e) {
            throw new AssertionError(
                    one + " on " + server.name() + "\n> " + request + "\n" + e.getMessage() + "\n< " + answer
                            + "\naudit: " + observed.audit(),
                    e);
        }
        return answer;
    }

    /** The event of an exchange may come just after its answer; one too many would come with it. */
    private List<AuditEvent> audit(RawAnswer answer) {
        boolean byGuard = !answer.headers("X-Content-Type-Options").isEmpty();
        AuditEvent first = fixture.audit().next(byGuard ? PATIENCE : Duration.ofMillis(50));
        List<AuditEvent> events = new ArrayList<>();
        if (first != null) {
            events.add(first);
        }
        events.addAll(fixture.audit().drain());
        return events;
    }

    /** Not every system has more loopback addresses than one. */
    private static void assumeAddress(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        } catch (BindException e) {
            Assumptions.abort("this system has no loopback address " + address);
        }
    }

    private void checkTable() {
        assertThat(seen)
                .as("the contract's cases")
                .containsAll(server.refusedByContainer().names());
        assertThat(made).as("exchanges made").isGreaterThanOrEqualTo(150);
    }

    @Test
    void identity_underConcurrentRequests_isAlwaysTheCallersOwn() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                String subject = "caller" + caller;
                calls.add(() -> callRepeatedly(subject));
            }
            for (Future<Integer> wrong : callers.invokeAll(calls)) {
                assertThat(wrong.get())
                        .as("answers with another caller's identity")
                        .isZero();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private int callRepeatedly(String subject) throws IOException {
        int wrong = 0;
        for (int i = 0; i < 20; i++) {
            String path = i % 2 == 0 ? "/api/me" : "/api/async";
            RawRequest request =
                    RawRequest.get(path).bearer(fixture.identityProvider().token(subject));
            RawAnswer answer = RawHttp.exchange(port, request);
            boolean own = answer.status() == 200 && answer.text().contains("\"" + subject + "\"");
            wrong += own ? 0 : 1;
        }
        return wrong;
    }
}
