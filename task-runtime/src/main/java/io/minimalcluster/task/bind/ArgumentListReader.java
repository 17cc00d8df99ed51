package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a function with several parameters, from a JSON array or from an object with their names. */
final class ArgumentListReader {
    private final List<NamedParameter> parameters;
    private final List<MethodHandle> readers;

    ArgumentListReader(List<NamedParameter> parameters) {
        this.parameters = parameters;
        readers = parameters.stream()
                .map(parameter -> ReaderHandles.of(parameter.type())
                        .asType(MethodType.methodType(Object.class, JsonElement.class)))
                .toList();
    }

    @Nullable
    Object[] read(JsonElement element) {
        return switch (element.first()) {
            case '[' -> ofArray(element);
            case '{' -> ofObject(element);
            default -> throw mismatch("not " + element.excerpt());
        };
    }

    private @Nullable Object[] ofArray(JsonElement array) {
        int count = JsonElements.ofArray(array).count();
        if (count != parameters.size()) {
            throw mismatch("not an array of " + count);
        }
        @Nullable Object[] arguments = new Object[count];
        JsonElements elements = JsonElements.ofArray(array);
        JsonElement element = new JsonElement();
        for (int at = 0; elements.next(element); at++) {
            arguments[at] = read(at, element);
        }
        return arguments;
    }

    private @Nullable Object[] ofObject(JsonElement object) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        boolean[] present = new boolean[parameters.size()];
        JsonElements members = JsonElements.ofObject(object);
        JsonElement name = new JsonElement();
        JsonElement value = new JsonElement();
        while (members.next(name, value)) {
            int at = indexOf(JsonStringReader.read(name));
            if (present[at]) {
                throw mismatch("not \"" + parameters.get(at).name() + "\" twice");
            }
            present[at] = true;
            arguments[at] = read(at, value);
        }
        for (int at = 0; at < present.length; at++) {
            if (!present[at]) {
                throw mismatch("and \"" + parameters.get(at).name() + "\" is missing");
            }
        }
        return arguments;
    }

    private int indexOf(String name) {
        for (int at = 0; at < parameters.size(); at++) {
            if (parameters.get(at).name().equals(name)) {
                return at;
            }
        }
        throw mismatch("not \"" + ArgumentMismatch.shorten(name, 60) + "\"");
    }

    private @Nullable Object read(int at, JsonElement element) {
        try {
            return (Object) readers.get(at).invokeExact(element);
        } catch (ArgumentMismatch e) {
            throw e.within(parameters.get(at).name());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // readers declare no checked exceptions
        }
    }

    private ArgumentMismatch mismatch(String found) {
        String names = parameters.stream().map(NamedParameter::name).collect(Collectors.joining(", "));
        return new ArgumentMismatch("the function takes " + parameters.size()
                + " arguments, an array of them or an object of " + names + "; " + found);
    }
}
