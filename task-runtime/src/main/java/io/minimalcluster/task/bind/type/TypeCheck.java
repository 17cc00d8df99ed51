package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.io.Serial;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** Follows a type to those of its members and elements, and finds the first whose values can't be read. */
public final class TypeCheck {
    private static final Mapper MAPPER = new Mapper(StrictJson.MAPPER.rebuild());

    private final DeserializationContext context = MAPPER.context();
    private final Set<JavaType> seen = new HashSet<>();

    private TypeCheck() {}

    /** Gives access to the readers of types. */
    private static final class Mapper extends JsonMapper {
        @Serial
        private static final long serialVersionUID = 1;

        Mapper(Builder builder) {
            super(builder);
        }

        DeserializationContext context() {
            return _deserializationContext();
        }
    }

    /** Why values of a type can't be read, with the name of the type within it that is at fault; empty if they can. */
    public static Optional<String> unreadable(Type type) {
        return new TypeCheck().unreadable(MAPPER.constructType(type));
    }

    private Optional<String> unreadable(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == void.class || raw == Void.class || !seen.add(type)) {
            return Optional.empty();
        }
        if (type.isContainerType() || type.isReferenceType()) {
            return isCreatable(raw)
                    ? first(Stream.of(type.getKeyType(), type.getContentType()).filter(Objects::nonNull))
                    : Optional.of(raw.getName()
                            + ": it is abstract or has no constructor without parameters, take a type of the JDK");
        }
        if (raw == Map.Entry.class) {
            return first(Stream.of(type.containedTypeOrUnknown(0), type.containedTypeOrUnknown(1)));
        }
        ValueDeserializer<?> reader;
        try {
            reader = context.findRootValueDeserializer(type);
        } catch (JacksonException e) {
            return Optional.of(raw.getName() + ": " + e.getOriginalMessage());
        }
        return switch (reader) {
            case RefusingDeserializer refusing -> Optional.of(raw.getName() + ": " + refusing.reason());
            case Elements.Converting elements -> unreadable(elements.source());
            case ObjectDeserializer object -> ofUser(object.user());
            case SealedDeserializer alternatives -> ofSealed(raw, alternatives);
            case UntypedDeserializer _ ->
                isNatural(raw)
                        ? Optional.empty()
                        : Optional.of(TypeDescriptions.article(raw.getName()) + " has no JSON");
            default -> Optional.empty();
        };
    }

    /** Whether a collection, map or array can be created. */
    private static boolean isCreatable(Class<?> raw) {
        return !UserClass.isUserClass(raw)
                || (!Modifier.isAbstract(raw.getModifiers())
                        && Stream.of(raw.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == 0));
    }

    private Optional<String> ofSealed(Class<?> raw, SealedDeserializer alternatives) {
        String ambiguity = alternatives.ambiguity();
        return ambiguity == null
                ? first(alternatives.objects().stream().map(UserClass::type))
                : Optional.of(raw.getName() + ": " + ambiguity);
    }

    private Optional<String> ofUser(UserClass user) {
        Class<?> raw = user.type().getRawClass();
        return user.members().isEmpty() && Iterable.class.isAssignableFrom(raw)
                ? Optional.of(raw.getName() + ": its JSON is that of its elements, take a list")
                : first(user.members().stream().map(Member::type));
    }

    private Optional<String> first(Stream<JavaType> types) {
        return types.flatMap(each -> unreadable(each).stream()).findFirst();
    }

    /** Whether a natural value of JSON may be of a type. */
    private static boolean isNatural(Class<?> type) {
        return type == Number.class
                || Stream.of(String.class, Boolean.class, Long.class, List.class, Map.class)
                        .anyMatch(natural -> type.isAssignableFrom(natural));
    }
}
