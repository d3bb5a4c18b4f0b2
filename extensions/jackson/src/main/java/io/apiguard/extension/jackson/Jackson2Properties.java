package io.apiguard.extension.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.AnyGetterWriter;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.ContainerSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.impl.BeanAsArraySerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Property names as the serializers of a Jackson 2 mapper write them. Thread-safe as the mapper is. */
public final class Jackson2Properties implements PropertyNames {

    /** Deeper than this nothing is unwrapped, so that a type unwrapped in itself ends. */
    private static final int MAX_UNWRAPPING = 8;

    private final ObjectMapper mapper;

    /**
     * Makes names by a mapper.
     *
     * @param mapper the mapper that writes the application's answers, configured
     */
    public Jackson2Properties(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Optional<List<Property>> properties(Type type) {
        return properties(mapper.constructType(type), MAX_UNWRAPPING);
    }

    private Optional<List<Property>> properties(JavaType type, int unwrapping) {
        try {
            SerializerProvider provider = mapper.getSerializerProviderInstance();
            JsonSerializer<?> serializer = provider.findValueSerializer(type, null);
            if (!isBean(serializer) || isWrapped(provider.findTypeSerializer(type)) || unwrapping == 0) {
                return Optional.empty();
            }
            SerializationConfig config = mapper.getSerializationConfig();
            BeanDescription description = config.introspect(type);
            List<Property> properties = new ArrayList<>();
            for (Iterator<PropertyWriter> writers = serializer.properties(); writers.hasNext(); ) {
                add(type.getRawClass(), writers.next(), properties, unwrapping);
            }
            addAny(type.getRawClass(), description.findAnyGetter(), properties);
            addSubtypes(config, description, properties, unwrapping);
            return Optional.of(properties);
        } catch (JsonMappingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void add(Class<?> model, PropertyWriter writer, List<Property> properties, int unwrapping) {
        AnnotatedMember member = writer.getMember();
        if (member == null || writer instanceof AnyGetterWriter) {
            return;
        }
        Member accessor = member.getMember();
        boolean open = writer instanceof BeanPropertyWriter bean && isOpen(bean);
        Type type = open ? Object.class : JacksonPlaces.typeOf(accessor, Object.class);
        Property property = Property.member(writer.getName(), type, places(model, writer.getName(), member));
        if (writer instanceof BeanPropertyWriter bean && bean.isUnwrapping()) {
            NameTransformer names =
                    mapper.getSerializationConfig().getAnnotationIntrospector().findUnwrappingNameTransformer(member);
            Optional<List<Property>> inside = properties(writer.getType(), unwrapping - 1);
            properties.addAll(JacksonPlaces.unwrap(property, inside, names == null ? name -> name : names::transform));
        } else {
            properties.add(property);
        }
    }

    private static void addAny(Class<?> model, @Nullable AnnotatedMember member, List<Property> properties) {
        if (member != null) {
            List<AnnotatedElement> places = places(model, member.getName(), member);
            properties.add(new Property(member.getName(), Object.class, places, Property.Kind.ANY));
        }
    }

    /** What a known subtype writes may stand in place of the type: its members are listed too. */
    private void addSubtypes(
            SerializationConfig config, BeanDescription description, List<Property> properties, int unwrapping) {
        for (NamedType subtype :
                config.getSubtypeResolver().collectAndResolveSubtypesByClass(config, description.getClassInfo())) {
            if (subtype.getType() != description.getBeanClass()) {
                properties(mapper.constructType(subtype.getType()), unwrapping - 1)
                        .ifPresent(properties::addAll);
            }
        }
    }

    private static List<AnnotatedElement> places(Class<?> model, String name, AnnotatedMember member) {
        Stream<Annotation> merged =
                StreamSupport.stream(member.getAllAnnotations().annotations().spliterator(), false);
        return JacksonPlaces.of(model, name, member.getMember(), merged);
    }

    private static boolean isBean(JsonSerializer<?> serializer) {
        return serializer instanceof BeanSerializerBase
                && isJacksons(serializer)
                && !(serializer instanceof BeanAsArraySerializer);
    }

    private static boolean isWrapped(@Nullable TypeSerializer types) {
        return types != null
                && (types.getTypeInclusion() == As.WRAPPER_OBJECT || types.getTypeInclusion() == As.WRAPPER_ARRAY);
    }

    /** Whether a property is written in a way that its type does not tell. */
    private static boolean isOpen(BeanPropertyWriter writer) {
        JsonSerializer<?> serializer = writer.getSerializer();
        return isWrapped(writer.getTypeSerializer()) || (serializer != null && !isTransparent(serializer));
    }

    private static boolean isTransparent(JsonSerializer<?> serializer) {
        if (!isJacksons(serializer) || serializer instanceof StdDelegatingSerializer) {
            return false;
        }
        JsonSerializer<?> content =
                serializer instanceof ContainerSerializer<?> container ? container.getContentSerializer() : null;
        return content == null || isTransparent(content);
    }

    private static boolean isJacksons(JsonSerializer<?> serializer) {
        return serializer.getClass().getName().startsWith("com.fasterxml.jackson.");
    }
}
