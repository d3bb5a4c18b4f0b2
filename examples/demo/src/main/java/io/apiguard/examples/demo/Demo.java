package io.apiguard.examples.demo;

import io.apiguard.examples.demo.Tour.Outcome;
import java.io.PrintStream;
import java.util.List;

/**
 * Starts an identity provider and the orders API under guard, and shows what is let in and what is not.
 *
 * <p>With {@code -Ddemo.once=true} it ends after the tour, and the exit code says whether every line was as expected;
 * otherwise it stays up for requests of your own.
 */
public final class Demo implements AutoCloseable {

    /** The orders that are there at the start, and the one that the tour may place. */
    private static final int ORDERS_AFTER_TOUR = 3;

    private final AuthorizationServer server = AuthorizationServer.start();
    private final GuardedOrders orders = GuardedOrders.start(server.issuer());
    private final PrintStream out;

    Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        try {
            run(new Demo(System.out));
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Demo demo) {
        boolean asExpected = demo.tour();
        if (Boolean.getBoolean("demo.once")) {
            demo.close();
            System.exit(asExpected ? 0 : 1);
        }
        demo.invite(); // The servers' threads keep the process up.
    }

    /** Prints the coverage table and the tour. */
    boolean tour() {
        out.println("The orders API under guard, and what guards each endpoint:");
        out.println();
        out.println(orders.guard().coverage().toTable());
        out.println("The tour. RISK is that of the OWASP API Security Top 10 (2023); - is a call that should succeed.");
        out.println();
        List<Outcome> outcomes = new Tour(new RawHttp(orders.port()), orders.audit(), out).run(Attempts.all(server));
        long unexpected =
                outcomes.stream().filter(outcome -> !outcome.asExpected()).count();
        long refused = outcomes.stream()
                .filter(outcome -> outcome.reply().status() >= 400)
                .count();
        boolean untouched = orders.ordersPlaced() == ORDERS_AFTER_TOUR;
        out.println();
        out.printf(
                "%d requests: %d let in, %d turned away, %d unexpected.%n",
                outcomes.size(), outcomes.size() - refused, refused, unexpected);
        out.println("Orders in the store: " + orders.ordersPlaced()
                + (untouched ? ", as they should be." : ": UNEXPECTED"));
        return unexpected == 0 && untouched;
    }

    private void invite() {
        String api = "http://127.0.0.1:" + orders.port();
        out.printf(
                """

                Everything stays up until you stop it (Ctrl-C). Your turn:

                TOKEN=%s
                curl -i %s/catalog
                curl -i -H "Authorization: Bearer $TOKEN" %<s/orders/1001
                curl -i -H "Authorization: Bearer $TOKEN" %<s/orders/1002
                curl -i -H "Authorization: Bearer $TOKEN" %<s/admin/orders
                curl -i -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
                     -d '{"item":"chair","quantity":4,"card":"4242424242424242"}' %<s/orders

                A token lasts an hour; another one, for alice, bob, carol (an admin) or reader:

                curl -u alice:%s -d grant_type=client_credentials -d scope=orders:read %s/oauth2/token
                """,
                server.token("alice", "orders:read", "orders:write"),
                api,
                AuthorizationServer.secretOf("alice"),
                server.issuer());
        out.flush();
    }

    @Override
    public void close() {
        orders.close();
        server.close();
    }
}
