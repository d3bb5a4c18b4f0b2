package io.apiguard.benchmarks;

import io.apiguard.benchmarks.LoadServer.Candidate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link LoadServer} in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private final Process process;
    private final Path log;
    private final int port;
    private final String token;

    private ServerProcess(Process process, Path log, int port, String token) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.token = token;
    }

    static ServerProcess start(Candidate candidate) throws IOException {
        Path log = Files.createTempFile("api-guard-load", ".log");
        List<String> command = Pinning.on(0, Pinning.java(OPTIONS, LoadServer.class, candidate.name()));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("READY")) {
                return new ServerProcess(process, log, Integer.parseInt(words[1]), words[2]);
            }
        }
        process.destroy();
        throw new IOException(candidate + " did not start:\n" + Files.readString(log));
    }

    int port() {
        return port;
    }

    String token() {
        return token;
    }

    /** Returns the processor time that all threads of the process have taken so far. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Ends the process by closing its input, or if that does not help by a signal. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(log);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
