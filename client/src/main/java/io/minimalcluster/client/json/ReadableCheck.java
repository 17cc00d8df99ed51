package io.minimalcluster.client.json;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;

/** Follows a type to those of its members and elements, and finds the first that cannot be read. */
final class ReadableCheck {
    private final DeserializationContext context;
    private final Set<JavaType> seen = new HashSet<>();

    ReadableCheck(DeserializationContext context) {
        this.context = context;
    }

    /** Why values of a type can't be read; empty if they can. */
    Optional<String> unreadable(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == void.class || raw == Void.class || !seen.add(type)) {
            return Optional.empty();
        }
        if (type.isContainerType() || type.isReferenceType()) {
            return first(Stream.of(type.getKeyType(), type.getContentType()).filter(Objects::nonNull));
        }
        ValueDeserializer<?> reader;
        try {
            reader = context.findRootValueDeserializer(type);
        } catch (JacksonException e) {
            return Optional.of(e.getOriginalMessage());
        }
        return switch (reader) {
            case UnreadableTypes.Unreadable refused -> Optional.of(refused.reason());
            case ElementsReader elements -> unreadable(elements.elements());
            case ClassReader members -> first(members.types().stream());
            case BeanDeserializerBase bean -> first(types(bean).stream());
            default -> Optional.empty();
        };
    }

    private Optional<String> first(Stream<JavaType> types) {
        return types.flatMap(each -> unreadable(each).stream()).findFirst();
    }

    private static List<JavaType> types(BeanDeserializerBase bean) {
        Iterator<SettableBeanProperty> properties = bean.properties();
        return Stream.generate(() -> properties.hasNext() ? properties.next() : null)
                .takeWhile(Objects::nonNull)
                .map(SettableBeanProperty::getType)
                .toList();
    }
}
