package io.minimalcluster.task.bind;

import java.lang.reflect.Type;
import java.util.Random;
import java.util.function.Function;

/**
 * A Java type with a source of JSON for it: such that what is read from it is written as the same again.
 *
 * @param raw its class
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
