package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Calls functions as an executor calls user code: the static methods of a class, and for each of its fields the
 * function of one parameter {@code x} of the field's type that returns its argument.
 */
final class TestFunctions {
    private static final int LIMIT = 200_000;

    private final Class<?> owner;

    TestFunctions(Class<?> owner) {
        this.owner = owner;
    }

    /** Calls a function and returns the JSON of its result. */
    String call(String name, String argument) {
        BoundFunction boundFunction = of(name);
        JsonElements elements = new JsonElements(("[ " + argument + " ]").getBytes(StandardCharsets.UTF_8));
        JsonElement element = new JsonElement();
        elements.next(element);
        return result(boundFunction, boundFunction.onElement(), element);
    }

    String callOnRange(String name, long argument) {
        BoundFunction boundFunction = of(name);
        return result(boundFunction, boundFunction.onRange(), argument);
    }

    private static String result(BoundFunction boundFunction, MethodHandle handle, Object argument) {
        ValueWriter values = new ValueWriter(64, LIMIT);
        values.begin();
        try {
            handle.invoke(values, argument);
            values.end();
        } catch (ArgumentMismatch mismatch) {
            throw boundFunction.named(mismatch);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        String array = new String(values.array(0, values.length()), StandardCharsets.UTF_8);
        return array.substring(1, array.length() - 1);
    }

    private BoundFunction of(String name) {
        Optional<Field> field = Arrays.stream(owner.getDeclaredFields())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst();
        return field.isPresent() ? identity(field.get()) : ofMethod(name);
    }

    private static BoundFunction identity(Field field) {
        return BoundFunction.of(
                MethodHandles.identity(field.getType()), List.of(new NamedParameter("x", field.getGenericType())));
    }

    private BoundFunction ofMethod(String name) {
        Method method = Arrays.stream(owner.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        List<NamedParameter> parameters = Arrays.stream(method.getParameters())
                .map(parameter -> new NamedParameter(parameter.getName(), parameter.getParameterizedType()))
                .toList();
        try {
            method.setAccessible(true);
            return BoundFunction.of(MethodHandles.lookup().unreflect(method).asFixedArity(), parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
