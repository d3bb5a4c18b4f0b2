package io.apiguard.examples.orders.spring;

import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Mask;

/** An order as it is stored; the annotations say what callers do not see of it. */
public record Order(
        String id,
        String owner,
        String item,
        int quantity,
        @Sensitive(mask = Mask.LAST_FOUR) String card,

        @Sensitive(mask = Mask.REMOVE, visibleToRoles = "admin")
        String riskNote) {}
