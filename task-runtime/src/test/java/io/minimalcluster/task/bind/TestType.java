package io.minimalcluster.task.bind;

import java.lang.reflect.Type;
import java.util.Random;
import java.util.function.Function;

/**
 * A Java type with a generator of JSON for it. The generated JSON is canonical: it equals the JSON of the value read
 * from it.
 *
 * @param raw the erasure of the type
 */
record TestType(Type type, Class<?> raw, Function<Random, String> json) {
    static TestType of(Class<?> type, Function<Random, String> json) {
        return new TestType(type, type, json);
    }

    String json(Random random) {
        return json.apply(random);
    }

    @Override
    public String toString() {
        return type.getTypeName();
    }
}
