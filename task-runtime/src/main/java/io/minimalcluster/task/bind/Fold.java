package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds a function of two over the elements of an array, from the first to the last; one alone is the result itself.
 */
final class Fold {
    private final MethodHandle function;
    private final MethodHandle first;
    private final MethodHandle second;

    Fold(MethodHandle function, List<Named> parameters) {
        this.function = function.asType(MethodType.genericMethodType(2));
        this.first = reader(parameters.get(0), function.type().parameterType(0));
        this.second = reader(parameters.get(1), function.type().parameterType(1));
    }

    private static MethodHandle reader(Named parameter, Class<?> type) {
        MethodHandle typed = Readers.of(parameter.type()).asType(MethodType.methodType(type, Element.class));
        return typed.asType(MethodType.methodType(Object.class, Element.class));
    }

    /** What user code throws is thrown again. */
    @Nullable
    Object over(Element array) throws Throwable {
        if (array.first() != '[') {
            throw new Misfit("results to fold are an array, not " + array.shown());
        }
        Elements elements = Elements.ofArray(array);
        Element element = new Element();
        if (!elements.next(element)) {
            throw new Misfit("there is nothing to fold");
        }
        Object folded = (Object) first.invokeExact(element);
        while (elements.next(element)) {
            Object next = (Object) second.invokeExact(element);
            folded = (Object) function.invokeExact(folded, next);
        }
        return folded;
    }
}
