package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Calls the static methods of a test class as an executor calls a user's. */
final class Functions {
    private static final int LIMIT = 10_000;

    private final Class<?> owner;

    Functions(Class<?> owner) {
        this.owner = owner;
    }

    /** The result in JSON. */
    String call(String name, String argument) {
        Call call = of(name);
        Elements elements = new Elements(("[ " + argument + " ]").getBytes(StandardCharsets.UTF_8));
        Element element = new Element();
        elements.next(element);
        return result(call, call.onElement(), element);
    }

    String callOnRange(String name, long argument) {
        Call call = of(name);
        return result(call, call.onRange(), argument);
    }

    private static String result(Call call, MethodHandle handle, Object argument) {
        Values values = new Values(64, LIMIT);
        values.begin();
        try {
            handle.invoke(values, argument);
            values.end();
        } catch (Misfit misfit) {
            throw call.named(misfit);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        String array = new String(values.array(0, values.length()), StandardCharsets.UTF_8);
        return array.substring(1, array.length() - 1);
    }

    private Call of(String name) {
        Method method = Arrays.stream(owner.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        List<Named> parameters = Arrays.stream(method.getParameters())
                .map(parameter -> new Named(parameter.getName(), parameter.getParameterizedType()))
                .toList();
        try {
            method.setAccessible(true);
            return Call.of(MethodHandles.lookup().unreflect(method).asFixedArity(), parameters);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
