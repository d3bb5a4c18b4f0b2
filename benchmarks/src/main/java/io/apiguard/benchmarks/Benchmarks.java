package io.apiguard.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs benchmarks as JMH's own program does, and says then what those of verification come to. */
final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs benchmarks.
     *
     * @param args the options of JMH
     * @throws RunnerException if one of them cannot be run
     * @throws CommandLineOptionException if there is no such option
     */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        System.out.print(VerificationRatios.of(new Runner(new CommandLineOptions(args)).run()));
    }
}
