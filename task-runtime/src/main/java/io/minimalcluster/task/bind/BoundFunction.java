package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.error.ResultTooLargeException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target function with its argument reader and result writer, composed to method handles that box no primitives. A
 * call throws {@link ArgumentMismatch}, {@link ResultTooLargeException}, {@link NotSerializable}, or any exception of
 * the function.
 *
 * @param onElement reads a JSON argument: {@code (ValueWriter, JsonElement) → void}
 * @param onRange takes a number of a range: {@code (ValueWriter, long) → void}
 * @param parameter the name of the only parameter; null for none or several
 */
public record BoundFunction(
        MethodHandle onElement,
        MethodHandle onRange,
        @Nullable String parameter) {
    /** Binds a function, whose receiver, if any, is already bound. */
    public static BoundFunction of(MethodHandle function, List<NamedParameter> parameters) {
        return switch (parameters.size()) {
            case 0 -> ofNone(WriterHandles.after(function));
            case 1 -> ofOne(WriterHandles.after(function), parameters.getFirst());
            default -> ofMany(WriterHandles.after(spread(function)), new ArgumentListReader(parameters));
        };
    }

    /**
     * Binds a function whose last argument is the shared value of the job. The shared value is read once, in this call.
     *
     * @throws ArgumentMismatch if the shared value does not fit its parameter
     */
    public static BoundFunction sharing(MethodHandle function, List<NamedParameter> parameters, byte[] shared) {
        int last = parameters.size() - 1;
        NamedParameter parameter = parameters.get(last);
        MethodHandle given = MethodHandles.insertArguments(function, last, SharedArgument.read(parameter, shared));
        return of(given, parameters.subList(0, last));
    }

    /** Binds a function with two parameters as a fold over the elements of each argument. */
    public static BoundFunction folding(MethodHandle function, List<NamedParameter> parameters) {
        MethodHandle fold = BindingHandles.ofInstance(FoldFunction.class, "over", Object.class, JsonElement.class)
                .bindTo(new FoldFunction(function, parameters));
        MethodHandle typed = fold.asType(MethodType.methodType(function.type().returnType(), JsonElement.class));
        MethodHandle written = WriterHandles.after(typed);
        return new BoundFunction(
                written, MethodHandles.filterArguments(written, 1, RangeReaderHandles.AS_ELEMENT), null);
    }

    private static BoundFunction ofNone(MethodHandle written) {
        return new BoundFunction(
                MethodHandles.dropArguments(written, 1, JsonElement.class),
                MethodHandles.dropArguments(written, 1, long.class),
                null);
    }

    private static BoundFunction ofOne(MethodHandle written, NamedParameter parameter) {
        Class<?> raw = written.type().parameterType(1);
        return new BoundFunction(
                collect(written, returning(ReaderHandles.of(parameter.type()), raw)),
                collect(written, returning(RangeReaderHandles.of(parameter.type()), raw)),
                parameter.name());
    }

    private static BoundFunction ofMany(MethodHandle written, ArgumentListReader list) {
        MethodHandle reader = BindingHandles.ofInstance(
                        ArgumentListReader.class, "read", Object[].class, JsonElement.class)
                .bindTo(list);
        return new BoundFunction(collect(written, reader), collect(written, RangeReaderHandles.viaJson(reader)), null);
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

    /** Adds the name of the only parameter to the path of a mismatch. */
    public ArgumentMismatch named(ArgumentMismatch mismatch) {
        return parameter == null ? mismatch : mismatch.within(parameter);
    }
}
