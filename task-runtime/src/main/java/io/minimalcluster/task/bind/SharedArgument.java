package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Reads the shared value of a job. */
final class SharedArgument {
    private SharedArgument() {}

    static @Nullable Object read(NamedParameter parameter, byte[] json) {
        MethodHandle reader =
                ReaderHandles.of(parameter.type()).asType(MethodType.methodType(Object.class, JsonElement.class));
        try {
            return (Object) reader.invokeExact(new JsonElement().set(json, 0, json.length));
        } catch (ArgumentMismatch e) {
            throw e.within(parameter.name());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // readers declare no checked exceptions
        }
    }
}
