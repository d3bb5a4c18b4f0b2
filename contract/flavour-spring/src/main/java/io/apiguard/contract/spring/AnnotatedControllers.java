package io.apiguard.contract.spring;

import io.apiguard.annotation.RequiresScopes;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.contract.Receipt;
import io.apiguard.identity.Identity;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Controllers whose demands stand on an interface, a superclass, a generic method, another annotation, the class. */
final class AnnotatedControllers {

    private AnnotatedControllers() {}

    interface Scoped {
        @RequiresScopes("annotated:read")
        Map<String, Object> get(Identity caller);
    }

    @RestController
    static class OnInterface implements Scoped {
        @Override
        @GetMapping("/api/annotated/interface")
        public Map<String, Object> get(Identity caller) {
            return ContractHandlers.describe("annotatedInterface", caller);
        }
    }

    abstract static class ScopedBase {
        @RequiresScopes("annotated:read")
        @GetMapping("/api/annotated/superclass")
        abstract Map<String, Object> get(Identity caller);
    }

    @RestController
    static class OnSuperclass extends ScopedBase {
        @Override
        Map<String, Object> get(Identity caller) {
            return ContractHandlers.describe("annotatedSuperclass", caller);
        }
    }

    abstract static class Generic<T> {
        @RequiresScopes("annotated:read")
        public abstract Receipt accept(T body);
    }

    @RestController
    static class OnGenericMethod extends Generic<byte[]> {
        @Override
        @PostMapping("/api/annotated/generic")
        public Receipt accept(@RequestBody byte[] body) {
            return OrdersController.received("annotatedGeneric", body);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @RequiresScopes("annotated:read")
    @interface ReadsAnnotated {}

    @RestController
    static class ByMetaAnnotation {
        @GetMapping("/api/annotated/meta")
        @ReadsAnnotated
        Map<String, Object> get(Identity caller) {
            return ContractHandlers.describe("annotatedMeta", caller);
        }
    }

    @RestController
    @RequiresScopes("annotated:read")
    static class OnClass {
        @GetMapping("/api/annotated/class")
        Map<String, Object> get(Identity caller) {
            return ContractHandlers.describe("annotatedClass", caller);
        }

        @GetMapping("/api/annotated/both")
        @RequiresScopes("annotated:more")
        Map<String, Object> both(Identity caller) {
            return ContractHandlers.describe("annotatedBoth", caller);
        }
    }
}
