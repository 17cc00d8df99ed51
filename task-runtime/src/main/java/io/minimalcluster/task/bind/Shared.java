package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Reads the argument that all tasks of a job share. */
final class Shared {
    private Shared() {}

    static @Nullable Object read(Named parameter, byte[] json) {
        MethodHandle reader = Readers.of(parameter.type()).asType(MethodType.methodType(Object.class, Element.class));
        try {
            return (Object) reader.invokeExact(new Element().set(json, 0, json.length));
        } catch (Misfit e) {
            throw e.within(parameter.name());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // no reader declares any
        }
    }
}
