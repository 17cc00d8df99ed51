package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads a record or class of user code from an object with its members. */
final class ObjectDeserializer extends StdDeserializer<Object> {
    private final UserClass user;
    private final InstanceCreator creator;
    private final Map<String, Integer> indexes = new HashMap<>();

    ObjectDeserializer(UserClass user, InstanceCreator creator) {
        super(user.type());
        this.user = user;
        this.creator = creator;
        for (int at = 0; at < user.members().size(); at++) {
            indexes.put(user.members().get(at).name(), at);
        }
    }

    /** The class that is read. */
    UserClass user() {
        return user;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.isExpectedStartObjectToken()) {
            throw TypeDescriptions.unreadable(user.type(), parser, "");
        }
        @Nullable Object[] values = new Object[user.members().size()];
        boolean[] present = new boolean[values.length];
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int at = indexOf(name);
            parser.nextToken();
            values[at] = read(at, parser, context);
            present[at] = true;
        }
        for (int at = 0; at < values.length; at++) {
            if (!present[at] && creator.takes(at)) {
                values[at] = absent(at, context);
            }
        }
        return creator.create(user.members(), values, present);
    }

    private @Nullable Object read(int at, JsonParser parser, DeserializationContext context) {
        try {
            return user.members().get(at).read(parser, context);
        } catch (RuntimeException e) {
            throw within(at, e);
        }
    }

    private @Nullable Object absent(int at, DeserializationContext context) {
        try {
            return user.members().get(at).absent(context);
        } catch (RuntimeException e) {
            throw within(at, e);
        }
    }

    private JacksonException within(int at, RuntimeException e) {
        return JacksonException.wrapWithPath(
                e, _valueClass, user.members().get(at).name());
    }

    private int indexOf(String name) {
        Integer at = indexes.get(name);
        if (at != null) {
            return at;
        }
        String known = user.members().isEmpty()
                ? ""
                : ", it has " + user.members().stream().map(Member::name).collect(Collectors.joining(", "));
        String excerpt = ArgumentMismatch.shorten(name, 60);
        throw JacksonException.wrapWithPath(
                new ArgumentMismatch(_valueClass.getSimpleName() + " has no \"" + excerpt + "\"" + known),
                _valueClass,
                excerpt);
    }
}
