package io.apiguard.contract;

/** A server that serves the contract application under guard, on 127.0.0.1. */
public interface ContractServer {

    /** {@return what the server is called, with its version} */
    String name();

    /**
     * Tells where the flavour says with annotations what an operation demands, so that no route does.
     *
     * @param operation one of {@link ContractApplication#operations()}
     * @return whether it does
     */
    boolean annotates(Operation operation);

    /** {@return whether the model is written by a mapper of the framework, which honours its annotations} */
    boolean typed();

    /**
     * Starts the server on a port of its own choice.
     *
     * @param fixture the settings and what else the guard is built with
     * @return the port
     * @throws Exception if it does not start
     */
    int start(ContractFixture fixture) throws Exception;

    /**
     * Stops the server.
     *
     * @throws Exception if that fails
     */
    void stop() throws Exception;

    /** {@return what this server's container refuses by itself, before the guard sees it} */
    ContainerTable refusedByContainer();

    /** Returns whether one connection can carry several requests; if not, each gets one of its own. */
    default boolean keepsConnections() {
        return true;
    }
}
