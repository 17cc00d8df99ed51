package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a function of several parameters, from an array or from an object by their names. */
final class ArgumentList {
    private final List<Named> parameters;
    private final List<MethodHandle> readers;

    ArgumentList(List<Named> parameters) {
        this.parameters = parameters;
        readers = parameters.stream()
                .map(parameter ->
                        Readers.of(parameter.type()).asType(MethodType.methodType(Object.class, Element.class)))
                .toList();
    }

    @Nullable
    Object[] read(Element element) {
        return switch (element.first()) {
            case '[' -> ofArray(element);
            case '{' -> ofObject(element);
            default -> throw needs("not " + element.shown());
        };
    }

    private @Nullable Object[] ofArray(Element array) {
        int count = Elements.ofArray(array).count();
        if (count != parameters.size()) {
            throw needs("not an array of " + count);
        }
        @Nullable Object[] arguments = new Object[count];
        Elements elements = Elements.ofArray(array);
        Element element = new Element();
        for (int at = 0; elements.next(element); at++) {
            arguments[at] = read(at, element);
        }
        return arguments;
    }

    private @Nullable Object[] ofObject(Element object) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        boolean[] present = new boolean[parameters.size()];
        Elements members = Elements.ofObject(object);
        Element name = new Element();
        Element value = new Element();
        while (members.next(name, value)) {
            int at = indexOf(Texts.read(name));
            if (present[at]) {
                throw needs("not \"" + parameters.get(at).name() + "\" twice");
            }
            present[at] = true;
            arguments[at] = read(at, value);
        }
        for (int at = 0; at < present.length; at++) {
            if (!present[at]) {
                throw needs("and \"" + parameters.get(at).name() + "\" is missing");
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
        throw needs("not \"" + Misfit.shorten(name, 60) + "\"");
    }

    private @Nullable Object read(int at, Element element) {
        try {
            return (Object) readers.get(at).invokeExact(element);
        } catch (Misfit e) {
            throw e.within(parameters.get(at).name());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // no reader declares any
        }
    }

    private Misfit needs(String found) {
        String names = parameters.stream().map(Named::name).collect(Collectors.joining(", "));
        return new Misfit("the function takes " + parameters.size() + " arguments, an array of them or an object of "
                + names + "; " + found);
    }
}
