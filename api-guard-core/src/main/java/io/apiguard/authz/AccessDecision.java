package io.apiguard.authz;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an {@link AccessRule} says of one caller and one object. */
public sealed interface AccessDecision {

    /** The caller may go on. */
    record Permitted() implements AccessDecision {}

    /** The endpoint demands a verified identity, and the caller has none. */
    record AuthenticationRequired() implements AccessDecision {}

    /**
     * The caller is known, and must prove anew, or more strongly, who it is (RFC 9470).
     *
     * @param stepUp what is demanded
     * @param detail which demand was not met, for the operator
     */
    record InsufficientAuthentication(StepUp stepUp, String detail) implements AccessDecision {}

    /** The caller is known, by a credential that anyone could use who has it, and the endpoint takes only those bound to a key. */
    record BindingRequired() implements AccessDecision {}

    /**
     * A demanded scope was not granted to the caller.
     *
     * @param required every scope the endpoint demands, which is what the caller should ask its authorization server for
     * @param missing those of them that the caller lacks
     */
    record InsufficientScope(Set<String> required, Set<String> missing) implements AccessDecision {}

    /**
     * The caller is known and may not call, whatever scopes it asks for.
     *
     * @param reason a stable code: {@code denied}, {@code role} or {@code object}
     * @param detail which demand was not met, for the operator
     */
    record Forbidden(String reason, String detail) implements AccessDecision {}

    /**
     * An object-level check threw instead of answering; the caller is refused, and the fault is the service's.
     *
     * @param check the name of the check
     * @param cause what it threw
     */
    record CheckFailed(String check, @Nullable Throwable cause) implements AccessDecision {}
}
