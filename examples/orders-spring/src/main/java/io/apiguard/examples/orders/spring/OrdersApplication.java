package io.apiguard.examples.orders.spring;

import io.apiguard.authz.ObjectCheck;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the orders API; the guard arms itself from the jar, the annotations and {@code application.yaml}. */
@SpringBootApplication
public class OrdersApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }

    /** Object-level authorization: an order is its owner's; what does not exist is nobody's. */
    @Bean("order-owner")
    ObjectCheck orderOwner(OrderStore store) {
        return (caller, object) -> object.pathParameter("id")
                .flatMap(store::find)
                .filter(order -> order.owner().equals(caller.subject()))
                .isPresent();
    }
}
