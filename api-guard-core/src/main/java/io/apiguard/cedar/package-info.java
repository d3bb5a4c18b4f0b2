/**
 * The Cedar policy language: policy sets, requests, and the authorizer that decides them (Cedar 4.10, language version 4.5).
 *
 * <pre>{@code
 * PolicySet policies = PolicySet.parse("""
 *         permit(principal in Group::"staff", action == Action::"view", resource is Document)
 *         unless { resource.secret };""");
 * Decision decision = Authorizer.of(policies).decide(request, entities);
 * }</pre>
 */
@NullMarked
package io.apiguard.cedar;

import org.jspecify.annotations.NullMarked;
