package io.apiguard.jaxrs;

import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What several mappers say of a type: all their names. For a mapper that cannot tell (a serializer of the application's
 * own, say) stands what conventions make of the type.
 *
 * @param mappers the mappers that may write it
 * @param conventions the names by convention
 */
record MapperNames(List<PropertyNames> mappers, PropertyNames conventions) implements PropertyNames {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGuardFeature.class);

    /** Copies the mappers. */
    MapperNames {
        mappers = List.copyOf(mappers);
    }

    @Override
    public Optional<List<Property>> properties(Type type) {
        List<Property> all = new ArrayList<>();
        for (PropertyNames mapper : mappers) {
            Optional<List<Property>> own = told(mapper, type).or(() -> conventions.properties(type));
            if (own.isEmpty()) {
                return own;
            }
            all.addAll(own.get());
        }
        return Optional.of(List.copyOf(all));
    }

    private static Optional<List<Property>> told(PropertyNames mapper, Type type) {
        try {
            return mapper.properties(type);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("a mapper does not tell the properties of {}", type.getTypeName(), e);
            return Optional.empty();
        }
    }
}
