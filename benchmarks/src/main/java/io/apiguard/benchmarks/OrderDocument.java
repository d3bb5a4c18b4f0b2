package io.apiguard.benchmarks;

import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Mask;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Orders as an API answers with them, and the model that says which of their members are sensitive. */
final class OrderDocument {

    private OrderDocument() {}

    /** A list of orders. */
    record Page(List<Order> orders) {}

    /** An order; a card number, an address and an e-mail address are sensitive. */
    record Order(
            String id,
            String status,
            String created,
            Customer customer,
            Card card,
            List<Line> lines,
            double total,
            String currency,
            boolean paid,
            String note) {}

    record Customer(
            String id,
            String name,
            @Sensitive String email,
            @Sensitive(mask = Mask.REMOVE) Address address) {}

    record Address(String street, String city, String country) {}

    record Card(
            String brand, @Sensitive(mask = Mask.LAST_FOUR) String number, String expires) {}

    record Line(String sku, String name, int quantity, double price) {}

    /** Returns a page of about the given number of bytes. */
    static byte[] ofAbout(int bytes) {
        StringBuilder json = new StringBuilder(bytes + 1024).append("{\"orders\":[");
        for (int i = 0; json.length() < bytes - 350; i++) {
            json.append(i == 0 ? "" : ",");
            order(json, i);
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void order(StringBuilder json, int i) {
        json.append("""
                {"id":"ord-%05d","status":"shipped","created":"2026-03-14T09:26:53Z","customer":{"id":"cus-%04d",\
                "name":"Zoë Müller-Lüdenscheid","email":"zoe%d@example.com","address":{"street":"12 Long Street",\
                "city":"Köln","country":"DE"}},"card":{"brand":"visa","number":"411111111111%04d","expires":"2029-12"},\
                "lines":[{"sku":"sku-1001","name":"Desk lamp \\"Aurora\\"","quantity":1,"price":39.9},{"sku":"sku-1002",\
                "name":"Cable, 2 m","quantity":3,"price":4.25}],"total":52.65,"currency":"EUR","paid":true,\
                "note":"Leave it with the neighbours if nobody answers the door."}""".formatted(i, i, i, i % 10_000));
    }
}
