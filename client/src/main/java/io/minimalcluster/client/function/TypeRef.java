package io.minimalcluster.client.function;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A generic type, which a class alone cannot name: {@code new TypeRef<List<Point>>() {}}.
 *
 * @param <T> the type
 */
@SuppressWarnings("unused") // the type is read from the subclass
public abstract class TypeRef<T extends @Nullable Object> {
    private final Type type;

    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType self)) {
            throw new IllegalStateException("a TypeRef needs its type: new TypeRef<List<String>>() {}");
        }
        this.type = self.getActualTypeArguments()[0];
    }

    public final Type type() {
        return type;
    }
}
