package io.apiguard.examples.orders.spring;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.identity.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The orders API: what each call demands stands on its method. */
@RestController
public class OrdersController {

    private final OrderStore store;

    public OrdersController(OrderStore store) {
        this.store = store;
    }

    @GetMapping("/catalog")
    @PublicEndpoint
    public Map<String, Integer> catalog() {
        return Map.of("lamp", 40, "desk", 250);
    }

    @GetMapping("/orders")
    @RequiresScopes("orders:read")
    public List<Order> mine(Identity caller) {
        return store.of(caller.subject());
    }

    @GetMapping("/orders/{id}")
    @RequiresScopes("orders:read")
    @RequiresObjectAccess("order-owner")
    public Order get(@PathVariable("id") String id) {
        return store.find(id).orElseThrow();
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.CREATED)
    @RequiresScopes("orders:write")
    @Audited(action = "order.place")
    public Order place(@RequestBody NewOrder order, Identity caller) {
        return store.add(caller.subject(), order);
    }

    @GetMapping("/quotes/{item}")
    @RequiresScopes("orders:read")
    @RateLimit(requests = 3, seconds = 60)
    public Map<String, Object> quote(@PathVariable("item") String item) {
        return Map.of("item", item, "price", 40);
    }

    @GetMapping("/admin/orders")
    @RequiresRoles("admin")
    public Collection<Order> all() {
        return store.all();
    }
}
