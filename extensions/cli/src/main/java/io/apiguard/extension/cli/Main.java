package io.apiguard.extension.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/**
 * Manages API keys: {@code keys issue}, {@code keys list}, {@code keys rotate} and {@code keys revoke}; and works on Cedar policies:
 * {@code cedar check}, {@code cedar format}, {@code cedar decide}, {@code cedar explain} and {@code cedar test}.
 *
 * <p>Keys are in a database ({@code --jdbc-url}, with {@code API_GUARD_JDBC_USER} and {@code API_GUARD_JDBC_PASSWORD} in the
 * environment) or in a file that the guard reads as {@code api-keys.file} ({@code --file}). The secret {@code api-keys} comes from the
 * environment, or from {@code --secrets-directory}.
 *
 * <p>A new key is printed once, alone on standard output, and so is a listing; findings, formatted policies, decisions and explanations
 * go there too, everything else goes to standard error. Exit codes: 0 done, or a Cedar request is allowed; 1 the command line is wrong, a
 * file that it names for {@code cedar} cannot be read or understood, or anything unforeseen; 2 a Cedar request is denied, and nothing else;
 * 3 a check or test of Cedar policies found something wrong, or there is no such key, or its state does not allow the change; 4 the
 * database, the file of keys or the secret cannot be used, and no key was changed.
 */
public final class Main {

    /** Done. */
    public static final int DONE = 0;

    /** The command line is wrong, a file cannot be read or understood, or an unforeseen failure: there is no answer. */
    public static final int FAILED = 1;

    /** A Cedar request is denied, and nothing else; the number that Cedar's own tool returns. */
    public static final int DENIED = 2;

    /** A check or a test found something wrong; the number that Cedar's own tool returns for policies that do not validate. */
    public static final int FOUND = 3;

    /** There is no such key, or its state does not allow the change. */
    public static final int REFUSED = 3;

    /** The database, the file of keys or the secret cannot be used. */
    public static final int UNAVAILABLE = 4;

    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), InstantSource.system(), out, err, arguments));
    }

    /**
     * Runs one command.
     *
     * @param environment the environment variables
     * @param clock tells the time
     * @param out gets the key, the listing, the findings or the decision
     * @param err gets everything else
     * @param arguments the command line
     * @return the exit code
     */
    public static int run(
            Map<String, String> environment,
            InstantSource clock,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        line.addSubcommand(new CommandLine(new KeysCommand())
                .addSubcommand(new IssueCommand(environment, clock))
                .addSubcommand(new ListCommand(environment, clock))
                .addSubcommand(new RotateCommand(environment, clock))
                .addSubcommand(new RevokeCommand(environment, clock)));
        line.addSubcommand(CedarCommand.line());
        return line.setOut(out)
                .setErr(err)
                .setExitCodeExceptionMapper(failure -> FAILED)
                .setExecutionExceptionHandler((failure, command, parsed) -> Failures.report(failure, command))
                .execute(arguments);
    }
}
