package io.apiguard.contract;

import io.apiguard.annotation.Sensitive;
import io.apiguard.field.Mask;
import java.util.List;
import java.util.Map;

/**
 * The model whose sensitive members every answer masks: by annotation where a framework's own mapper writes it, by
 * path rules elsewhere.
 *
 * @param id whose first part, up to the hyphen, is the owner
 * @param customer who ordered
 * @param card how it was paid
 * @param lines what was ordered
 * @param extras whatever else, of no declared type
 */
public record Order(String id, Customer customer, Card card, List<Line> lines, Map<String, Object> extras) {

    /** What no answer may show to a caller without the scope {@code pii:read}. */
    public static final String EMAIL = "anna@private.example";

    /** What is shown by its last four characters. */
    public static final String CARD_NUMBER = "4000123412341881";

    /** What is never shown. */
    public static final String CVV = "737";

    /**
     * A customer.
     *
     * @param name shown
     * @param email shown to those with the scope {@code pii:read}
     */
    public record Customer(
            String name,
            @Sensitive(visibleToScopes = "pii:read") String email) {}

    /**
     * A card.
     *
     * @param brand shown
     * @param number shown by its last four characters
     * @param cvv left out
     */
    public record Card(
            String brand,
            @Sensitive(mask = Mask.LAST_FOUR) String number,
            @Sensitive(mask = Mask.REMOVE) String cvv) {}

    /**
     * One line of the order.
     *
     * @param article shown
     * @param quantity shown
     */
    public record Line(String article, int quantity) {}

    /** Returns the order of that id, the same one for all. */
    static Order of(String id) {
        return new Order(
                id,
                new Customer("Anna", EMAIL),
                new Card("visa", CARD_NUMBER, CVV),
                List.of(new Line("tea \u2615 \"green\"", 2), new Line("cup", 1)),
                open());
    }

    /** Returns members of no declared type, among them sensitive ones at several depths. */
    static Map<String, Object> open() {
        return Map.of(
                "note",
                "leave at the door",
                "email",
                EMAIL,
                "payments",
                List.of(
                        Map.of("number", CARD_NUMBER, "cvv", CVV, "ok", true),
                        Map.of("deeper", Map.of("email", EMAIL))));
    }
}
