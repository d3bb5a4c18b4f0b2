package io.apiguard.contract;

import static io.apiguard.contract.Operation.of;

import io.apiguard.contract.Operation.Call;
import io.apiguard.contract.Operation.Means;
import io.apiguard.contract.Operation.Result;
import io.apiguard.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The application that all servers of the contract serve: one orders-like API, described once.
 *
 * <p>A flavour (servlet, Jakarta REST, Spring) binds every operation to its framework, with annotations for what the
 * operation demands where the framework has methods to put them on.
 */
public final class ContractApplication {

    /** What an order's id must start with so that its caller may see it: the subject and a hyphen. */
    public static final String OWNER_CHECK = "order-owner";

    /** A check that throws. */
    public static final String FAILING_CHECK = "failing-check";

    private static final String SCOPED = "annotated:read";

    private static final List<Operation> OPERATIONS = List.of(
            of("ping", "GET /api/public/ping", call -> Result.json(200, ContractHandlers.ping()))
                    .demanding("access", "public"),
            of("echo", "POST /api/public/echo", call -> received("echo", 200, call))
                    .demanding("access", "public"),
            described("limitedAddress", "/api/public/limited").demanding("access", "public", "limits[0]", "by-address"),
            described("permitAll", "/api/permitall").demanding("access", "public"),
            described("me", "/api/me").demanding("access", "authenticated", "audit-action", "me.read"),
            of("order", "GET /api/orders/{id}", call -> Result.json(200, ContractHandlers.order(id(call))))
                    .demanding("scopes", "orders:read", "object-checks", OWNER_CHECK),
            of("createOrder", "POST /api/orders", call -> received("createOrder", 201, call))
                    .demanding("scopes", "orders:write"),
            of("replaceOrder", "PUT /api/orders/{id}", call -> received("replaceOrder", 200, call))
                    .demanding("scopes", "orders:write", "object-checks", OWNER_CHECK),
            of("deleteOrder", "DELETE /api/orders/{id}", call -> {
                        ContractHandlers.delete();
                        return Result.empty(204);
                    })
                    .demanding("roles", "admin"),
            described("checked", "/api/checked/{id}").demanding("object-checks", FAILING_CHECK),
            described("adminReport", "/api/admin/report").demanding("roles", "admin"),
            described("rolesAllowed", "/api/rolesallowed").demanding("roles", "auditor, controller"),
            described("denied", "/api/denied").demanding("access", "denied"),
            described("limited", "/api/limited").demanding("access", "authenticated", "limits[0]", "by-identity"),
            described("limitedTenant", "/api/limited/tenant")
                    .demanding("access", "authenticated", "limits[0]", "by-tenant"),
            described("limitedKey", "/api/limited/key").demanding("access", "authenticated", "limits[0]", "by-key"),
            described("limitedHeavy", "/api/limited/heavy")
                    .demanding("access", "authenticated", "limits[0]", "heavy cost 3"),
            described("stepUp", "/api/stepup").demanding("acr", "phr, phrh", "max-auth-age", "5m"),
            described("bound", "/api/bound").demanding("bound-only", "true"),
            described("annotatedInterface", "/api/annotated/interface").demanding("scopes", SCOPED),
            described("annotatedSuperclass", "/api/annotated/superclass").demanding("scopes", SCOPED),
            of("annotatedGeneric", "POST /api/annotated/generic", call -> received("annotatedGeneric", 200, call))
                    .demanding("scopes", SCOPED),
            described("annotatedMeta", "/api/annotated/meta").demanding("scopes", SCOPED),
            described("annotatedClass", "/api/annotated/class").demanding("scopes", SCOPED),
            described("annotatedBoth", "/api/annotated/both").demanding("scopes", SCOPED + ", annotated:more"),
            authenticated(
                    of("async", "GET /api/async", call -> me("async", call).by(Means.ASYNC))),
            authenticated(of("asyncFailing", "GET /api/async/failing", call -> me("asyncFailing", call)
                    .by(Means.ASYNC_FAILURE))),
            authenticated(
                    of("failing", "GET /api/failing", call -> Result.json(200, ContractHandlers.fail("failing")))),
            authenticated(of("missing", "GET /api/missing", call -> me("missing", call)
                    .status(404)
                    .by(Means.ERROR_STATUS))),
            authenticated(of(
                    "large",
                    "GET /api/large",
                    call -> Result.stream("application/json", ContractHandlers::writeLarge))),
            authenticated(of(
                    "text",
                    "GET /api/text",
                    call -> Result.bytes(
                            "text/plain;charset=UTF-8", ContractHandlers.text().getBytes(StandardCharsets.UTF_8)))),
            authenticated(of("ownHeaders", "GET /api/headers", call -> me("ownHeaders", call)
                    .header("X-Powered-By", "Contract/1.2.3")
                    .header("Cache-Control", "public, max-age=600")
                    .header("X-Own", "kept"))),
            authenticated(of("redirect", "GET /api/redirect", call -> {
                ContractHandlers.ran("redirect");
                return Result.empty(302).header("Location", "https://app.example.com/next");
            })),
            authenticated(of(
                    "errorBody", "GET /api/errorbody", call -> Result.json(422, ContractHandlers.open("errorBody")))),
            authenticated(of("open", "GET /api/open", call -> Result.json(200, ContractHandlers.open("open")))),
            authenticated(of("encoded", "GET /api/encoded", call -> Result.bytes(
                            "application/json", ContractHandlers.compressedJson())
                    .header("Content-Encoding", "gzip"))),
            authenticated(of("partial", "GET /api/partial", call -> Result.bytes(
                            "application/json", ContractHandlers.sensitiveJson("partial", StandardCharsets.UTF_8))
                    .status(206)
                    .header("Content-Range", "bytes 0-99/5000"))),
            authenticated(of(
                    "utf16",
                    "GET /api/utf16",
                    call -> Result.bytes(
                            "application/json;charset=UTF-16LE",
                            ContractHandlers.sensitiveJson("utf16", StandardCharsets.UTF_16LE)))),
            authenticated(of(
                    "broken",
                    "GET /api/broken",
                    call -> Result.bytes("application/json", ContractHandlers.brokenJson()))),
            described("reported", "/api/reported")
                    .demanding("scopes", "nobody:has")
                    .setting("report", "true"),
            authenticated(of("upload", "POST /api/upload", call -> received("upload", 200, call)))
                    .setting("max-body", "2KB", "content-types", "text/plain"),
            described("probe", "/healthz").demanding("access", "authenticated"));

    private ContractApplication() {}

    /** {@return every operation; unmodifiable} */
    public static List<Operation> operations() {
        return OPERATIONS;
    }

    /**
     * Returns the routes that say what a flavour does not say with annotations.
     *
     * @param annotated the operations whose demands the flavour annotates
     * @return settings by key
     */
    static Map<String, String> routes(Predicate<Operation> annotated) {
        Map<String, String> settings = new LinkedHashMap<>();
        int index = 0;
        for (Operation operation : OPERATIONS) {
            List<Map.Entry<String, String>> route = operation.route(!annotated.test(operation));
            if (!route.isEmpty()) {
                String key = "routes[" + index++ + "].";
                settings.put(key + "endpoint", operation.method() + " " + operation.template());
                route.forEach(entry -> settings.put(key + entry.getKey(), entry.getValue()));
            }
        }
        return settings;
    }

    /** {@return the sensitive members of {@link Order} as path rules, for flavours whose answers have no type} */
    static Map<String, String> redactionRules() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String rule :
                new ArrayList<>(List.of("$..email scope=pii:read", "$..number mask=last-four", "$..cvv mask=remove"))) {
            settings.put("redaction.rules[" + settings.size() + "]", rule);
        }
        return settings;
    }

    /**
     * Decides who may touch an order.
     *
     * @param identity the caller
     * @param id the order's id
     * @return whether it is the caller's
     */
    static boolean owns(Identity identity, String id) {
        return id.startsWith(identity.subject() + "-");
    }

    private static Operation authenticated(Operation operation) {
        return operation.demanding("access", "authenticated");
    }

    private static Operation described(String name, String template) {
        return of(name, "GET " + template, call -> me(name, call));
    }

    private static Result me(String name, Call call) {
        return Result.json(200, ContractHandlers.describe(name, call.identity()));
    }

    private static Result received(String name, int status, Call call) {
        return Result.json(status, ContractHandlers.receive(name, call.body()));
    }

    private static String id(Call call) {
        return call.variables().get("id");
    }
}
