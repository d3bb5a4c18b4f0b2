package io.apiguard.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps a process on one processor, where the machine has two and the command {@code taskset}. */
final class Pinning {

    private static final boolean POSSIBLE =
            Runtime.getRuntime().availableProcessors() > 1 && Pinning.runs("taskset", "--version");

    private Pinning() {}

    static boolean isPossible() {
        return POSSIBLE;
    }

    /** Returns the command that runs another one on a processor. */
    static List<String> on(int processor, List<String> command) {
        List<String> pinned = new ArrayList<>();
        if (POSSIBLE) {
            pinned.addAll(List.of("taskset", "-c", Integer.toString(processor)));
        }
        pinned.addAll(command);
        return pinned;
    }

    /** Returns the command that runs a class of this program in another process. */
    static List<String> java(List<String> options, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Returns whether a command is there. */
    static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
