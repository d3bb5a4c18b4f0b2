package io.apiguard;

import io.apiguard.authz.AccessRule;
import io.apiguard.field.FieldPlan;
import io.apiguard.http.ContentTypeRules;
import io.apiguard.ratelimit.Limit;
import io.apiguard.ratelimit.LimitFields;
import java.util.List;

/**
 * What one endpoint demands, compiled once at start-up from its annotations and the routes that name it.
 *
 * <p>Immutable and thread-safe. It is made by {@link GuardBuilder#build()} only.
 */
public final class EndpointPolicy {

    private final Endpoint endpoint;
    private final AccessRule access;
    private final List<EndpointLimit> limits;
    private final List<String> limitNames;
    private final LimitFields limitFields;
    private final BodyRule body;
    private final FieldPlan fields;
    private final String endpointName;
    private final String action;
    private final boolean reportOnly;
    private final List<String> sources;

    EndpointPolicy(
            Endpoint endpoint,
            AccessRule access,
            List<EndpointLimit> limits,
            BodyRule body,
            FieldPlan fields,
            Declared declared,
            boolean reportOnly) {
        this.endpoint = endpoint;
        this.access = access;
        this.limits = List.copyOf(limits);
        this.limitNames = limits.stream().map(limit -> limit.limit().name()).toList();
        this.limitFields =
                LimitFields.of(limits.stream().map(EndpointLimit::limit).toList());
        this.body = body;
        this.fields = fields;
        this.endpointName = endpoint.name();
        this.action = declared.action().isEmpty() ? endpointName : declared.action();
        this.reportOnly = reportOnly;
        this.sources = List.copyOf(declared.sources());
    }

    /**
     * A limit together with what one request to the endpoint takes from it.
     *
     * @param limit the limit
     * @param cost what one request takes, at least 1
     */
    public record EndpointLimit(Limit limit, long cost) {}

    /**
     * What a request's body must be like.
     *
     * @param maxBytes the most bytes it may have
     * @param contentTypes the media types it may have
     */
    public record BodyRule(long maxBytes, ContentTypeRules contentTypes) {}

    /** {@return the endpoint this policy is about} */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** {@return the endpoint's name, put together once} */
    String endpointName() {
        return endpointName;
    }

    /** {@return who may call} */
    public AccessRule access() {
        return access;
    }

    /** {@return the limits that a request is charged to, beside the pre-limit; unmodifiable} */
    public List<EndpointLimit> limits() {
        return limits;
    }

    /** {@return the names of the limits, for audit events} */
    List<String> limitNames() {
        return limitNames;
    }

    /** {@return the fields that tell of the limits, put together as far as they are the same for every request} */
    LimitFields limitFields() {
        return limitFields;
    }

    /** {@return what a request's body must be like} */
    public BodyRule body() {
        return body;
    }

    /** {@return which members of a JSON response are masked} */
    public FieldPlan fields() {
        return fields;
    }

    /** {@return the action that audit events carry} */
    public String action() {
        return action;
    }

    /** {@return whether this endpoint's refusals are only reported} */
    public boolean reportOnly() {
        return reportOnly;
    }

    /** {@return where the policy comes from: annotations and routes, for a person; unmodifiable} */
    public List<String> sources() {
        return sources;
    }

    @Override
    public String toString() {
        return "EndpointPolicy[" + endpoint.name() + "]";
    }
}
