package io.apiguard.examples.orders.spring;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Keeps orders in memory. */
@Component
public class OrderStore {

    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger(1000);

    public OrderStore() {
        add("alice", new NewOrder("lamp", 1, "4111111111111111"));
        add("bob", new NewOrder("desk", 2, "5500005555555559"));
    }

    public final Order add(String owner, NewOrder order) {
        String id = String.valueOf(lastId.incrementAndGet());
        Order stored = new Order(id, owner, order.item(), order.quantity(), order.card(), "score 12");
        orders.put(id, stored);
        return stored;
    }

    public Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    public List<Order> of(String owner) {
        return orders.values().stream()
                .filter(order -> order.owner().equals(owner))
                .toList();
    }

    public Collection<Order> all() {
        return orders.values();
    }
}
