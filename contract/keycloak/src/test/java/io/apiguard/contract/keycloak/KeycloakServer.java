package io.apiguard.contract.keycloak;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The Keycloak that Maven has unpacked, started as its users start it and set up by the very commands of the guide. It listens at loopback
 * alone and keeps its data in memory.
 */
final class KeycloakServer implements AutoCloseable {

    private static final int TRIES = 480;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Path home = Path.of(System.getProperty("keycloak.home"));
    private final Path log = home.resolveSibling("keycloak.log");
    private final URI address;
    private final Map<String, String> variables;
    private final Process process;

    private KeycloakServer() throws IOException {
        address = URI.create("http://127.0.0.1:" + freePort());
        variables = Map.of(
                "KEYCLOAK", address.toString(),
                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", secret(),
                "REPORTING_SECRET", secret(),
                "WALLET_SECRET", secret(),
                "ORDERS_API_SECRET", secret());
        String port = String.valueOf(address.getPort());
        process = start(
                log,
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--features=dpop",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts Keycloak, waits until it answers, and sets it up. */
    static KeycloakServer start() throws IOException, InterruptedException {
        KeycloakServer server = new KeycloakServer();
        try {
            server.awaitReady();
            server.setUp();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String secret() {
        return UUID.randomUUID().toString();
    }

    private Process start(Path output, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(variables);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", home.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("KC_OPTS", "-Duser.home=" + home); // where kcadm.sh keeps its session
        return builder.start();
    }

    /** Polls, since a process cannot tell us; gives up when it ends or after four minutes. */
    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/realms/master"))
                .timeout(Duration.ofSeconds(5))
                .build();
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            if (answers(client, request)) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        throw new IllegalStateException("Keycloak does not answer; the end of " + log + ":\n" + tail(log));
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs the commands of the guide. */
    private void setUp() throws IOException, InterruptedException {
        Path script =
                Files.writeString(home.resolveSibling("setup.sh"), Guide.load().snippet("kcadm"));
        Path output = home.resolveSibling("setup.log");
        Process commands = start(output, "bash", "-e", script.toString());
        if (!commands.waitFor(4, TimeUnit.MINUTES) || commands.exitValue() != 0) {
            stop(commands);
            throw new IllegalStateException("the guide's commands fail:\n" + tail(output));
        }
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** {@return the scheme, host and port it listens at} */
    URI address() {
        return address;
    }

    /** {@return the issuer that the guide sets up} */
    URI issuer() {
        return address.resolve("/realms/shop");
    }

    /** {@return the value of an environment variable that the guide's commands use} */
    String variable(String name) {
        return variables.get(name);
    }

    @Override
    public void close() {
        stop(process);
    }

    private static void stop(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
