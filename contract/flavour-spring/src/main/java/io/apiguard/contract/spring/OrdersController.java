package io.apiguard.contract.spring;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.contract.ContractApplication;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.contract.Order;
import io.apiguard.contract.Receipt;
import io.apiguard.identity.Identity;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders, and who may call what. */
@RestController
public class OrdersController {

    @GetMapping("/api/public/ping")
    @PublicEndpoint
    Map<String, Object> ping() {
        return ContractHandlers.ping();
    }

    @PostMapping("/api/public/echo")
    @PublicEndpoint
    Receipt echo(@RequestBody(required = false) byte @Nullable [] body) {
        return received("echo", body);
    }

    @GetMapping("/api/permitall")
    @PermitAll
    Map<String, Object> permitAll(@Nullable Principal caller) {
        return ContractHandlers.describe("permitAll", (Identity) caller);
    }

    @GetMapping("/api/orders/{id}")
    @RequiresScopes("orders:read")
    @RequiresObjectAccess(ContractApplication.OWNER_CHECK)
    Order order(@PathVariable("id") String id) {
        return ContractHandlers.order(id);
    }

    @PostMapping("/api/orders")
    @RequiresScopes("orders:write")
    @ResponseStatus(HttpStatus.CREATED)
    Receipt create(@RequestBody byte[] body) {
        return received("createOrder", body);
    }

    @PutMapping("/api/orders/{id}")
    @RequiresScopes("orders:write")
    @RequiresObjectAccess(ContractApplication.OWNER_CHECK)
    Receipt replace(@RequestBody byte[] body) {
        return received("replaceOrder", body);
    }

    @DeleteMapping("/api/orders/{id}")
    @RequiresRoles("admin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete() {
        ContractHandlers.delete();
    }

    @GetMapping("/api/checked/{id}")
    @RequiresObjectAccess(ContractApplication.FAILING_CHECK)
    Map<String, Object> checked(Identity caller) {
        return ContractHandlers.describe("checked", caller);
    }

    @GetMapping("/api/admin/report")
    @RequiresRoles("admin")
    Map<String, Object> report(Identity caller) {
        return ContractHandlers.describe("adminReport", caller);
    }

    @GetMapping("/api/rolesallowed")
    @RolesAllowed({"auditor", "controller"})
    Map<String, Object> rolesAllowed(Identity caller) {
        return ContractHandlers.describe("rolesAllowed", caller);
    }

    @GetMapping("/api/denied")
    @DenyAll
    Map<String, Object> denied(Identity caller) {
        return ContractHandlers.describe("denied", caller);
    }

    @GetMapping("/api/reported")
    @RequiresScopes("nobody:has")
    Map<String, Object> reported(Identity caller) {
        return ContractHandlers.describe("reported", caller);
    }

    @PostMapping("/api/upload")
    @Authenticated
    Receipt upload(@RequestBody byte[] body) {
        return received("upload", body);
    }

    @GetMapping("/healthz")
    @Authenticated
    Map<String, Object> health(@Nullable Principal caller) {
        return ContractHandlers.describe("probe", (Identity) caller);
    }

    static Receipt received(String handler, byte @Nullable [] body) {
        return ContractHandlers.receive(handler, body == null ? new byte[0] : body);
    }
}
