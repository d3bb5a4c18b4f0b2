package io.apiguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unused")
class ResourceScannerTest {

    interface Contract<K> {
        @GET
        @Path("{id: [0-9]+}")
        String get(K id);
    }

    abstract static class Base<K> implements Contract<K> {
        @POST
        public String create() {
            return "";
        }

        public void helper() {}
    }

    @Path("/things/")
    public static class Things extends Base<Long> {
        @Override
        public String get(Long id) {
            return "";
        }

        @Override
        public String create() {
            return "";
        }

        @Purge
        public void purge() {}
    }

    @HttpMethod("PURGE")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Purge {}

    @Path("annotated")
    interface Api {
        @GET
        String all();
    }

    public static class Impl implements Api {
        @Override
        public String all() {
            return "";
        }
    }

    @Path("tree")
    public static class Tree {
        @DELETE
        public void prune() {}

        @Path("child")
        public Tree child() {
            return this;
        }

        @Path("class")
        public Class<Leaf> leaf() {
            return Leaf.class;
        }

        @Path("api")
        public Api api() {
            return new Impl();
        }
    }

    public static class Leaf {
        @GET
        public String fall() {
            return "";
        }
    }

    static class Types {
        public Response open() {
            return Response.ok().build();
        }

        public CompletionStage<List<String>> stage() {
            throw new UnsupportedOperationException();
        }

        public GenericEntity<String> entity() {
            throw new UnsupportedOperationException();
        }

        public CompletionStage<Response> later() {
            throw new UnsupportedOperationException();
        }

        public void suspended(@Suspended AsyncResponse response) {}

        public void nothing() {}
    }

    private static List<String> names(String prefix, Class<?>... classes) {
        return ResourceScanner.scan(prefix, List.of(classes)).stream()
                .map(found -> found.endpoint().name() + " " + found.endpoint().handler())
                .sorted()
                .toList();
    }

    @Test
    void scan_inheritedAnnotations_areFound() {
        assertThat(names("/api", Things.class))
                .containsExactly(
                        "GET /api/things/{id: [0-9]+} Things.get",
                        "POST /api/things Things.create",
                        "PURGE /api/things Things.purge");
    }

    @Test
    void scan_pathOnAnInterface_isARootOfItsImplementation() {
        assertThat(names("", Impl.class, Api.class)).containsExactly("GET /annotated Impl.all");
    }

    @Test
    void scan_locators_areFollowedAsFarAsTypesTell() {
        assertThat(names("", Tree.class))
                .containsExactly(
                        "* /tree/api/** Tree.api",
                        "* /tree/child/** Tree.child",
                        "* /tree/class/** Tree.leaf",
                        "DELETE /tree Tree.prune",
                        "GET /tree/class Leaf.fall");
    }

    @Test
    void of_responseTypes_areUnwrappedOrOpen() throws NoSuchMethodException {
        assertThat(typeOf("open")).isEqualTo("java.lang.Object");
        assertThat(typeOf("stage")).isEqualTo("java.util.List<java.lang.String>");
        assertThat(typeOf("entity")).isEqualTo("java.lang.String");
        assertThat(typeOf("later")).isEqualTo("java.lang.Object");
        assertThat(typeOf("suspended")).isEqualTo("java.lang.Object");
        assertThat(typeOf("nothing")).isEqualTo("void");
    }

    private static String typeOf(String name) throws NoSuchMethodException {
        Method method = Arrays.stream(Types.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(NoSuchMethodException::new);
        return ResponseTypes.of(method, null).getTypeName();
    }

    @Test
    void find_methodOfAnInterface_isTheImplementations() throws NoSuchMethodException {
        List<ResourceEndpoint> endpoints = ResourceScanner.scan("", List.of(Things.class));
        ResourceEndpoint get = endpoints.stream()
                .filter(found -> found.endpoint().handler().equals("Things.get"))
                .findFirst()
                .orElseThrow();

        assertThat(ResourceMethods.overridden(Things.class, get.endpoint().handlerMethod()))
                .contains(Contract.class.getMethod("get", Object.class));
    }
}
