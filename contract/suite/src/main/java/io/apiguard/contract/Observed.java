package io.apiguard.contract;

import io.apiguard.audit.AuditEvent;
import java.util.List;
import java.util.Map;

/**
 * What one exchange did, seen from outside and from inside.
 *
 * @param answer what came back
 * @param ran which handlers ran, and how often
 * @param audit the audit events it left
 */
public record Observed(RawAnswer answer, Map<String, Long> ran, List<AuditEvent> audit) {}
