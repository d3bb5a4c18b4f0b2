package io.apiguard;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** Assigns every class of a primitive to that primitive, subpackages included. */
final class PrimitiveSlices implements SliceAssignment {

    private static final List<String> PRIMITIVES =
            List.of("authn", "authz", "ratelimit", "validation", "redaction", "audit");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return PRIMITIVES.stream()
                .filter(primitive ->
                        name.equals("io.apiguard." + primitive) || name.startsWith("io.apiguard." + primitive + "."))
                .findFirst()
                .map(SliceIdentifier::of)
                .orElse(SliceIdentifier.ignore());
    }

    @Override
    public String getDescription() {
        return "primitives";
    }
}
