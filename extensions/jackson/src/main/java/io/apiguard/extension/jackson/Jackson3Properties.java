package io.apiguard.extension.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import io.apiguard.field.Property;
import io.apiguard.field.PropertyNames;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.AnyGetterWriter;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanAsArraySerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.bean.UnrolledBeanAsArraySerializer;
import tools.jackson.databind.ser.std.StdContainerSerializer;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.util.NameTransformer;

/** Property names as the serializers of a Jackson 3 mapper write them. Thread-safe as the mapper is. */
public final class Jackson3Properties implements PropertyNames {

    /** Deeper than this nothing is unwrapped, so that a type unwrapped in itself ends. */
    private static final int MAX_UNWRAPPING = 8;

    private final ObjectMapper mapper;

    /**
     * Makes names by a mapper.
     *
     * @param mapper the mapper that writes the application's answers, configured
     */
    public Jackson3Properties(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Optional<List<Property>> properties(Type type) {
        return properties(mapper.constructType(type), MAX_UNWRAPPING);
    }

    private Optional<List<Property>> properties(JavaType type, int unwrapping) {
        try {
            SerializationContext context = mapper._serializationContext();
            ValueSerializer<?> serializer = context.findRootValueSerializer(type);
            if (!isBean(serializer) || isWrapped(context.findTypeSerializer(type)) || unwrapping == 0) {
                return Optional.empty();
            }
            BeanDescription description =
                    context.introspectBeanDescription(type, context.introspectClassAnnotations(type));
            List<Property> properties = new ArrayList<>();
            for (Iterator<PropertyWriter> writers = serializer.properties(); writers.hasNext(); ) {
                add(type.getRawClass(), writers.next(), properties, unwrapping);
            }
            addAny(type.getRawClass(), description.findAnyGetter(), properties);
            addSubtypes(mapper.serializationConfig(), description, properties, unwrapping);
            return Optional.of(properties);
        } catch (JacksonException | IllegalArgumentException e) {
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
            NameTransformer names = mapper.serializationConfig()
                    .getAnnotationIntrospector()
                    .findUnwrappingNameTransformer(mapper.serializationConfig(), member);
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
        return JacksonPlaces.of(model, name, member.getMember(), member.annotations());
    }

    private static boolean isBean(ValueSerializer<?> serializer) {
        return serializer instanceof BeanSerializerBase
                && isJacksons(serializer)
                && !(serializer instanceof BeanAsArraySerializer)
                && !(serializer instanceof UnrolledBeanAsArraySerializer);
    }

    private static boolean isWrapped(@Nullable TypeSerializer types) {
        return types != null
                && (types.getTypeInclusion() == As.WRAPPER_OBJECT || types.getTypeInclusion() == As.WRAPPER_ARRAY);
    }

    /** Whether a property is written in a way that its type does not tell. */
    private static boolean isOpen(BeanPropertyWriter writer) {
        ValueSerializer<?> serializer = writer.getSerializer();
        return isWrapped(writer.getTypeSerializer()) || (serializer != null && !isTransparent(serializer));
    }

    private static boolean isTransparent(ValueSerializer<?> serializer) {
        if (!isJacksons(serializer) || serializer instanceof StdConvertingSerializer) {
            return false;
        }
        ValueSerializer<?> content =
                serializer instanceof StdContainerSerializer<?> container ? container.getContentSerializer() : null;
        return content == null || isTransparent(content);
    }

    private static boolean isJacksons(ValueSerializer<?> serializer) {
        return serializer.getClass().getName().startsWith("tools.jackson.");
    }
}
