package io.apiguard.benchmarks;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.Value;
import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.SetValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Cedar's own engine in Rust behind its Java binding: policies cached on the other side, the whole store passed with each request, as it
 * demands.
 */
public final class CedarJavaPeer implements CedarPeer {

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();

    /** Found as a service. */
    public CedarJavaPeer() {}

    @Override
    public String name() {
        return "cedar-java 4.10.0, cached";
    }

    @Override
    public boolean canExpress(CedarApplication application) {
        return true;
    }

    @Override
    public Predicate<Numbered> prepare(CedarApplication application) {
        Set<com.cedarpolicy.model.entity.Entity> store =
                application.entities().stream().map(CedarJavaPeer::entity).collect(Collectors.toUnmodifiableSet());
        List<AuthorizationRequest> requests =
                application.requests().stream().map(CedarJavaPeer::request).toList();
        PolicySet policies = cached(application.policies());
        return numbered -> isAllowed(requests.get(numbered.number()), policies, store);
    }

    private static PolicySet cached(String text) {
        try {
            PolicySet policies = PolicySet.parsePolicies(text);
            policies.cache();
            return policies;
        } catch (InternalException | CacheException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isAllowed(
            AuthorizationRequest request, PolicySet policies, Set<com.cedarpolicy.model.entity.Entity> store) {
        try {
            return engine.isAuthorized(request, policies, store)
                    .success
                    .map(AuthorizationSuccessResponse::isAllowed)
                    .orElseThrow();
        } catch (AuthException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuthorizationRequest request(CedarRequest request) {
        return new AuthorizationRequest(
                uid(request.principal()), uid(request.action()), uid(request.resource()), Map.<String, Value>of());
    }

    private static com.cedarpolicy.model.entity.Entity entity(Entity entity) {
        Map<String, Value> attributes = new HashMap<>();
        entity.attributes().attributes().forEach((name, value) -> attributes.put(name, value(value)));
        Set<EntityUID> parents =
                entity.parents().stream().map(CedarJavaPeer::uid).collect(Collectors.toSet());
        return new com.cedarpolicy.model.entity.Entity(uid(entity.uid()), attributes, parents);
    }

    private static Value value(io.apiguard.cedar.value.Value value) {
        if (value instanceof SetValue set) {
            return new CedarList(
                    set.elements().stream().map(CedarJavaPeer::value).toList());
        }
        return value instanceof EntityUid uid ? uid(uid) : new PrimBool(value == BoolValue.TRUE);
    }

    private static EntityUID uid(EntityUid uid) {
        return new EntityUID(EntityTypeName.parse(uid.type().name()).orElseThrow(), uid.id());
    }
}
