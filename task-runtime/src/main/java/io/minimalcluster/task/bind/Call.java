package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function with the way to it and from it: reads the argument, calls, writes the result, as one handle that boxes
 * nothing. What it throws is a {@link Misfit}, a {@link ResultTooLarge}, an {@link Unwritable}, or what the function
 * threw.
 *
 * @param onElement {@code (Values, Element) → void}
 * @param onRange {@code (Values, long) → void}
 * @param parameter the name of the only one; null where there are more or none
 */
public record Call(
        MethodHandle onElement,
        MethodHandle onRange,
        @Nullable String parameter) {
    /** The function, with its receiver bound if it has one. */
    public static Call of(MethodHandle function, List<Named> parameters) {
        MethodHandle written = Writers.after(function);
        return switch (parameters.size()) {
            case 0 ->
                new Call(
                        MethodHandles.dropArguments(written, 1, Element.class),
                        MethodHandles.dropArguments(written, 1, long.class),
                        null);
            case 1 -> ofOne(written, parameters.getFirst());
            default -> ofMany(Writers.after(spread(function)), new ArgumentList(parameters));
        };
    }

    /**
     * The function with the last of its arguments the same for all tasks: it is read once, here.
     *
     * @throws Misfit if that does not fit its parameter
     */
    public static Call sharing(MethodHandle function, List<Named> parameters, byte[] shared) {
        int last = parameters.size() - 1;
        Named parameter = parameters.get(last);
        MethodHandle given = MethodHandles.insertArguments(function, last, Shared.read(parameter, shared));
        return of(given, parameters.subList(0, last));
    }

    /** A function of two, which is folded over the elements of each argument. */
    public static Call folding(MethodHandle function, List<Named> parameters) {
        MethodHandle fold = Handles.ofInstance(Fold.class, "over", Object.class, Element.class)
                .bindTo(new Fold(function, parameters));
        MethodHandle typed = fold.asType(MethodType.methodType(function.type().returnType(), Element.class));
        MethodHandle written = Writers.after(typed);
        return new Call(written, MethodHandles.filterArguments(written, 1, RangeReaders.AS_ELEMENT), null);
    }

    private static Call ofOne(MethodHandle written, Named parameter) {
        Class<?> raw = written.type().parameterType(1);
        return new Call(
                collect(written, returning(Readers.of(parameter.type()), raw)),
                collect(written, returning(RangeReaders.of(parameter.type()), raw)),
                parameter.name());
    }

    private static Call ofMany(MethodHandle written, ArgumentList list) {
        MethodHandle reader = Handles.ofInstance(ArgumentList.class, "read", Object[].class, Element.class)
                .bindTo(list);
        return new Call(collect(written, reader), collect(written, RangeReaders.through(reader)), null);
    }

    private static MethodHandle spread(MethodHandle function) {
        return function.asSpreader(Object[].class, function.type().parameterCount());
    }

    private static MethodHandle returning(MethodHandle reader, Class<?> type) {
        return reader.asType(MethodType.methodType(type, reader.type().parameterList()));
    }

    private static MethodHandle collect(MethodHandle written, MethodHandle reader) {
        return MethodHandles.collectArguments(written, 1, reader);
    }

    /** Says which parameter it is that does not fit. */
    public Misfit named(Misfit misfit) {
        return parameter == null ? misfit : misfit.within(parameter);
    }
}
