package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds a function with two parameters over the elements of an array, from left to right. The fold of a single element
 * is the element.
 */
final class FoldFunction {
    private final MethodHandle function;
    private final MethodHandle first;
    private final MethodHandle second;

    FoldFunction(MethodHandle function, List<NamedParameter> parameters) {
        this.function = function.asType(MethodType.genericMethodType(2));
        this.first = reader(parameters.get(0), function.type().parameterType(0));
        this.second = reader(parameters.get(1), function.type().parameterType(1));
    }

    private static MethodHandle reader(NamedParameter parameter, Class<?> type) {
        MethodHandle typed = ReaderHandles.of(parameter.type()).asType(MethodType.methodType(type, JsonElement.class));
        return typed.asType(MethodType.methodType(Object.class, JsonElement.class));
    }

    /** Folds an array. Exceptions of user code propagate unchanged. */
    @Nullable
    Object over(JsonElement array) throws Throwable {
        if (array.first() != '[') {
            throw new ArgumentMismatch("results to fold are an array, not " + array.excerpt());
        }
        JsonElements elements = JsonElements.ofArray(array);
        JsonElement element = new JsonElement();
        if (!elements.next(element)) {
            throw new ArgumentMismatch("there is nothing to fold");
        }
        Object folded = (Object) first.invokeExact(element);
        while (elements.next(element)) {
            Object next = (Object) second.invokeExact(element);
            folded = (Object) function.invokeExact(folded, next);
        }
        return folded;
    }
}
