package io.apiguard.extension.jackson;

import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What several mappers say of a type: all their names, or nothing as soon as one of them does not know. Thread-safe as they are.
 *
 * @param mappers the mappers, one of which writes an answer
 */
public record AllMappers(List<PropertyNames> mappers) implements PropertyNames {

    /** Copies the mappers. */
    public AllMappers {
        mappers = List.copyOf(mappers);
    }

    @Override
    public Optional<List<Property>> properties(Type type) {
        List<Property> all = new ArrayList<>();
        for (PropertyNames mapper : mappers) {
            Optional<List<Property>> own = mapper.properties(type);
            if (own.isEmpty()) {
                return own;
            }
            all.addAll(own.get());
        }
        return Optional.of(all);
    }
}
