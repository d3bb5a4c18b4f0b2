package io.apiguard.benchmarks;

import io.apiguard.cedar.CedarRequest;
import io.apiguard.cedar.PolicySet;
import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/**
 * jCasbin with roles. It has no hierarchy of resources and no attributes of entities in its store, hence only the policies with nothing but
 * a scope.
 */
public final class CasbinPeer implements CedarPeer {

    private static final String MODEL = """
            [request_definition]
            r = sub, obj, act

            [policy_definition]
            p = sub, obj, act

            [role_definition]
            g = _, _

            [policy_effect]
            e = some(where (p.eft == allow))

            [matchers]
            m = r.obj == p.obj && r.act == p.act && g(r.sub, p.sub)
            """;

    /** Found as a service. */
    public CasbinPeer() {}

    @Override
    public String name() {
        return "jCasbin 1.81.0";
    }

    @Override
    public boolean canExpress(CedarApplication application) {
        return application.name().equals("scoped");
    }

    @Override
    public Predicate<Numbered> prepare(CedarApplication application) {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        Enforcer enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        List<List<String>> rules = new ArrayList<>();
        PolicySet.parse(application.policies()).policies().values().forEach(policy -> rules.add(rule(policy)));
        enforcer.addPolicies(rules);
        application.entities().forEach(user -> user.parents()
                .forEach(role -> enforcer.addGroupingPolicy(user.uid().toString(), role.toString())));
        List<Object[]> requests =
                application.requests().stream().map(CasbinPeer::request).toList();
        return numbered -> enforcer.enforce(requests.get(numbered.number()));
    }

    private static List<String> rule(Policy policy) {
        return List.of(entity(policy.principal()), entity(policy.resource()), entity(policy.action()));
    }

    private static String entity(Scope scope) {
        EntityReference reference = scope instanceof Scope.In in ? in.entity() : ((Scope.Equal) scope).entity();
        return ((EntityReference.Named) reference).uid().toString();
    }

    private static Object[] request(CedarRequest request) {
        return new Object[] {
            request.principal().toString(),
            request.resource().toString(),
            request.action().toString()
        };
    }
}
