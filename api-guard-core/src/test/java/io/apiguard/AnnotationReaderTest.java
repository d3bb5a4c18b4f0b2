package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RateLimit;
import io.apiguard.annotation.RequiresObjectAccess;
import io.apiguard.annotation.RequiresRoles;
import io.apiguard.annotation.RequiresScopes;
import io.apiguard.authz.AccessRule.Access;
import io.apiguard.ratelimit.LimitKey;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Annotations wherever a framework's users have put them (CVE-2025-22223, CVE-2025-41248, CVE-2025-41249, CVE-2023-5675). */
class AnnotationReaderTest {

    @Retention(RetentionPolicy.RUNTIME)
    @RequiresScopes("reports:read")
    @RequiresRoles("auditor")
    @interface AuditorsOnly {}

    interface Api<T> {
        @RequiresScopes("generic:write")
        void put(T value);

        @RequiresScopes("default:read")
        default String inherited() {
            return "";
        }

        @PublicEndpoint
        String relaxedOnInterface();
    }

    @Authenticated
    abstract static class Base implements Api<String> {
        @RequiresRoles("base")
        public String overridden() {
            return "";
        }

        public String plain() {
            return "";
        }
    }

    static class Impl extends Base {
        @Override
        public void put(String value) {}

        @Override
        public String overridden() {
            return "";
        }

        @Override
        public String relaxedOnInterface() {
            return "";
        }

        @PublicEndpoint
        public String openDespiteBase() {
            return "";
        }
    }

    @RequiresScopes("class:read")
    static class OwnClass {
        public String byClass() {
            return "";
        }

        @PublicEndpoint
        public String opened() {
            return "";
        }

        @PublicEndpoint
        @Authenticated
        public String both() {
            return "";
        }

        @AuditorsOnly
        public String meta() {
            return "";
        }
    }

    @PermitAll
    static class OpenClass {
        public String open() {
            return "";
        }

        @RolesAllowed({"a", "b"})
        public String roles() {
            return "";
        }

        @DenyAll
        public String denied() {
            return "";
        }

        @RolesAllowed({})
        public String noRoles() {
            return "";
        }
    }

    static class OpenSubclass extends OwnClassWithout {}

    static class OwnClassWithout {
        public String nothing() {
            return "";
        }

        @RateLimit(requests = 5)
        @RateLimit(requests = 100, seconds = 3600, by = LimitKey.TENANT, cost = 2, name = "shared")
        @Audited(action = "thing.do")
        @RequiresObjectAccess("owner")
        public String limited() {
            return "";
        }

        @RequiresScopes({})
        public String noScopes() {
            return "";
        }
    }

    @PublicEndpoint
    static class RelaxingSubclass extends OwnClassWithout {}

    @Test
    void read_nothing_saysNothing() {
        assertThat(read(OpenSubclass.class, "nothing").access()).isNull();
    }

    @Test
    void read_relaxingAnnotationOnSubclass_doesNotCountForInheritedMethod() {
        assertThat(read(RelaxingSubclass.class, "nothing").access()).isNull();
    }

    @Test
    void read_relaxingAnnotationOnInterface_doesNotCount() {
        assertThat(read(Impl.class, "relaxedOnInterface").access()).isEqualTo(Access.AUTHENTICATED);
    }

    @Test
    void read_genericInterfaceMethod_findsItsAnnotation() {
        assertThat(read(Impl.class, "put").scopes()).containsExactly("generic:write");
    }

    @Test
    void read_bridgeMethod_findsTheSame() {
        Method bridge = Arrays.stream(Impl.class.getDeclaredMethods())
                .filter(Method::isBridge)
                .findFirst()
                .orElseThrow();

        assertThat(read(Impl.class, bridge).scopes()).containsExactly("generic:write");
    }

    @Test
    void read_interfaceDefaultMethod_findsMethodAndClassAnnotations() {
        Declared declared = read(Impl.class, "inherited");

        assertThat(declared.scopes()).containsExactly("default:read");
        assertThat(declared.access()).isEqualTo(Access.AUTHENTICATED);
    }

    @Test
    void read_overriddenSuperclassMethod_addsItsRestriction() {
        assertThat(read(Impl.class, "overridden").roles()).containsExactly(Set.of("base"));
    }

    @Test
    void read_inheritedMethod_findsItsDeclaringClass() {
        assertThat(read(Impl.class, "plain").access()).isEqualTo(Access.AUTHENTICATED);
    }

    @Test
    void read_relaxingOnMethodAgainstSuperclass_isAConflict() {
        Declared declared = read(Impl.class, "openDespiteBase");

        assertThat(declared.conflicts())
                .containsExactly("@PublicEndpoint on openDespiteBase() contradicts @Authenticated on Base");
        assertThat(declared.access()).isEqualTo(Access.AUTHENTICATED);
    }

    @Test
    void read_relaxingOnMethodOfRestrictedClass_opensTheMethod() {
        Declared declared = read(OwnClass.class, "opened");

        assertThat(declared.conflicts()).isEmpty();
        assertThat(declared.access()).isEqualTo(Access.PUBLIC);
        assertThat(declared.scopes()).isEmpty();
    }

    @Test
    void read_relaxingAndRestrictingOnOneMethod_isAConflict() {
        assertThat(read(OwnClass.class, "both").conflicts()).hasSize(1);
    }

    @Test
    void read_metaAnnotation_countsLikeItsParts() {
        Declared declared = read(OwnClass.class, "meta");

        assertThat(declared.scopes()).containsExactlyInAnyOrder("reports:read", "class:read");
        assertThat(declared.roles()).containsExactly(Set.of("auditor"));
    }

    @Test
    void read_standardAnnotations_meanWhatTheySay() {
        assertThat(read(OpenClass.class, "open").access()).isEqualTo(Access.PUBLIC);
        assertThat(read(OpenClass.class, "roles").roles()).containsExactly(Set.of("a", "b"));
        assertThat(read(OpenClass.class, "denied").access()).isEqualTo(Access.DENIED);
        assertThat(read(OpenClass.class, "noRoles").access()).isEqualTo(Access.DENIED);
    }

    @Test
    void read_limitsActionAndCheck_areAllFound() {
        Declared declared = read(OwnClassWithout.class, "limited");

        assertThat(declared.limits()).hasSize(2);
        assertThat(declared.limits().get(0).limit().name()).isEqualTo("GET /x");
        assertThat(declared.limits().get(1).limit().name()).isEqualTo("shared");
        assertThat(declared.limits().get(1).cost()).isEqualTo(2);
        assertThat(declared.action()).isEqualTo("thing.do");
        assertThat(declared.checks()).containsExactly("owner");
    }

    @Test
    void read_demandThatNamesNothing_isDeniedAndAConflict() {
        Declared declared = read(OwnClassWithout.class, "noScopes");

        assertThat(declared.access()).isEqualTo(Access.DENIED);
        assertThat(declared.conflicts()).isNotEmpty();
    }

    @Test
    void read_classAsHandler_takesTheClassAsTheMethod() {
        Declared declared = new Declared();
        AnnotationReader.read(
                new Endpoint(
                        List.of(), "/x/**", "OwnClass", OwnClass.class, null, void.class, Endpoint.Kind.APPLICATION),
                declared);

        assertThat(declared.scopes()).containsExactly("class:read");
    }

    private static Declared read(Class<?> type, String name) {
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(name) && !candidate.isBridge())
                .findFirst()
                .orElseThrow();
        return read(type, method);
    }

    private static Declared read(Class<?> type, Method method) {
        Declared declared = new Declared();
        AnnotationReader.read(Endpoint.of(List.of("GET"), "/x", type, method), declared);
        return declared;
    }
}
