package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads a sealed type of user code. An object is read as the permitted class that has exactly its members, a string as
 * the constant of a permitted enum.
 */
final class SealedDeserializer extends StdDeserializer<Object> {
    private final List<UserClass> objects;
    private final List<Class<?>> enums;

    SealedDeserializer(JavaType type, TypeFactory types) {
        super(type);
        List<Class<?>> concrete = concrete(type.getRawClass()).distinct().toList();
        objects = concrete.stream()
                .filter(candidate -> !candidate.isEnum())
                .map(candidate -> UserClass.of(types.constructSpecializedType(type, candidate), types))
                .toList();
        enums = concrete.stream().filter(Class::isEnum).toList();
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        Stream<Class<?>> permitted = type.isSealed() && !type.isEnum()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedDeserializer::concrete)
                : Stream.empty();
        boolean isConcrete = type.isEnum() || !Modifier.isAbstract(type.getModifiers());
        return isConcrete ? Stream.concat(Stream.of(type), permitted) : permitted;
    }

    /** The permitted classes that are read from objects. */
    List<UserClass> objects() {
        return objects;
    }

    /** Why some values can't be read; null if all can. */
    @Nullable
    String ambiguity() {
        Map<Set<String>, UserClass> byNames = new HashMap<>();
        for (UserClass each : objects) {
            UserClass other = byNames.put(namesOf(each), each);
            if (other != null) {
                return "its classes " + other.type().getRawClass().getSimpleName() + " and "
                        + each.type().getRawClass().getSimpleName()
                        + " have the same members, so that the JSON does not tell which it is: take a record that"
                        + " contains the alternatives";
            }
        }
        Set<String> constants = new HashSet<>();
        return enums.stream()
                        .flatMap(each -> Stream.of(each.getEnumConstants()))
                        .allMatch(constant -> constants.add(((Enum<?>) constant).name()))
                ? null
                : "two of its enums have a constant of the same name";
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return constant(parser, context);
        }
        if (!parser.isExpectedStartObjectToken()) {
            throw mismatch("not " + TypeDescriptions.found(parser));
        }
        TokenBuffer buffer = context.bufferAsCopyOfValue(parser);
        Set<String> names = names(buffer.asParserOnFirstToken(context));
        List<UserClass> fitting = objects.stream()
                .filter(candidate -> namesOf(candidate).equals(names))
                .toList();
        if (fitting.size() != 1) {
            String object = names.isEmpty()
                    ? "an empty object"
                    : "an object of " + ArgumentMismatch.shorten(String.join(", ", names), 100);
            throw mismatch((fitting.isEmpty() ? "not " : "and more than one of them is ") + object);
        }
        return context.findContextualValueDeserializer(fitting.getFirst().type(), null)
                .deserialize(buffer.asParserOnFirstToken(context), context);
    }

    private Object constant(JsonParser parser, DeserializationContext context) {
        String name = parser.getString();
        List<Class<?>> fitting = new ArrayList<>(enums);
        fitting.removeIf(candidate -> Stream.of(candidate.getEnumConstants())
                .noneMatch(constant -> ((Enum<?>) constant).name().equals(name)));
        if (fitting.size() != 1) {
            throw mismatch("not " + TypeDescriptions.found(parser));
        }
        return context.findContextualValueDeserializer(context.constructType(fitting.getFirst()), null)
                .deserialize(parser, context);
    }

    private static Set<String> names(JsonParser object) {
        Set<String> names = new LinkedHashSet<>();
        for (String name = object.nextName(); name != null; name = object.nextName()) {
            names.add(name);
            object.nextToken();
            object.skipChildren();
        }
        return names;
    }

    private static Set<String> namesOf(UserClass candidate) {
        return candidate.members().stream().map(Member::name).collect(Collectors.toSet());
    }

    private ArgumentMismatch mismatch(String found) {
        String options = Stream.concat(
                        objects.stream()
                                .map(candidate -> candidate.type().getRawClass().getSimpleName() + " {"
                                        + candidate.members().stream()
                                                .map(Member::name)
                                                .collect(Collectors.joining(", "))
                                        + "}"),
                        enums.stream().map(Class::getSimpleName))
                .collect(Collectors.joining(", "));
        return new ArgumentMismatch(_valueClass.getSimpleName() + " is one of " + options + "; " + found);
    }
}
