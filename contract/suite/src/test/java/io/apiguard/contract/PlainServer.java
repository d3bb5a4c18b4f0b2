package io.apiguard.contract;

import io.apiguard.Endpoint;
import io.apiguard.Guard;
import io.apiguard.GuardBuilder;
import io.apiguard.GuardSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The contract application on nothing but a socket: it takes every request for what it is, so that the guard answers
 * all of them.
 *
 * <p>It shows that the contract can be met without any framework, and what the guard itself says.
 */
final class PlainServer implements ContractServer {

    private ExecutorService workers;
    private ServerSocket listener;
    private Guard guard;

    @Override
    public String name() {
        return "plain socket";
    }

    @Override
    public boolean keepsConnections() {
        return false;
    }

    @Override
    public boolean annotates(Operation operation) {
        return false;
    }

    @Override
    public boolean typed() {
        return false;
    }

    @Override
    public int start(ContractFixture fixture) throws IOException {
        List<Endpoint> endpoints = ContractApplication.operations().stream()
                .map(PlainServer::endpoint)
                .toList();
        GuardBuilder builder =
                Guard.builder(GuardSettings.of(fixture.settings())).endpoints(endpoints);
        new ContractCustomizer().customize(builder);
        guard = builder.build();
        listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        workers = Executors.newCachedThreadPool();
        workers.execute(this::accept);
        return listener.getLocalPort();
    }

    private static Endpoint endpoint(Operation operation) {
        return new Endpoint(
                operation.method().equals("GET") ? List.of("GET", "HEAD") : List.of(operation.method()),
                operation.template(),
                operation.name(),
                null,
                null,
                Object.class,
                Endpoint.Kind.APPLICATION);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                workers.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(10_000);
            new PlainExchange(guard, socket).run();
            socket.shutdownOutput();
            socket.getInputStream().readNBytes(1 << 20); // a reset would take the answer along
        } catch (IOException e) {
            // the caller is gone
        }
    }

    @Override
    public void stop() throws IOException {
        listener.close();
        workers.shutdown();
        guard.close();
    }

    @Override
    public ContainerTable refusedByContainer() {
        return ContainerTable.empty();
    }
}
