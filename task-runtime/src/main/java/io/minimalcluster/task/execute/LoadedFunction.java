package io.minimalcluster.task.execute;

import io.minimalcluster.task.bind.BoundFunction;
import io.minimalcluster.task.bind.NamedParameter;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.function.Target.Member.OfField;
import io.minimalcluster.task.function.Target.Member.OfMethod;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A target function that is bound on its first call. */
final class LoadedFunction {
    private final LoadedBundle code;
    private final Target target;
    private final ExecutionMode executionMode;
    private @Nullable BoundFunction boundFunction;

    LoadedFunction(LoadedBundle code, Target target, ExecutionMode executionMode) {
        this.code = code;
        this.target = target;
        this.executionMode = executionMode;
    }

    /** The bound function. Exceptions of constructors and initialisers of user code propagate unchanged. */
    BoundFunction call() throws Throwable {
        if (boundFunction == null) {
            boundFunction = bound();
        }
        return boundFunction;
    }

    private BoundFunction bound() throws Throwable {
        if (executionMode.fold()) {
            return BoundFunction.folding(handle(), parameters());
        }
        byte[] shared = executionMode.shared();
        return shared == null
                ? BoundFunction.of(handle(), parameters())
                : BoundFunction.sharing(handle(), parameters(), shared);
    }

    private List<NamedParameter> parameters() {
        return IntStream.range(0, target.names().size())
                .mapToObj(at -> new NamedParameter(
                        target.names().get(at), target.types().get(at)))
                .toList();
    }

    private MethodHandle handle() throws Throwable {
        // not a pattern switch, for which the JVM would generate a class before the first task
        return target.member() instanceof OfField of
                ? ofField(of.field(), of.method(), of.isStatic())
                : ofMethod((OfMethod) target.member());
    }

    private MethodHandle ofMethod(OfMethod of) throws Throwable {
        of.method().setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(of.method()).asFixedArity();
        return of.isStatic() ? handle : handle.bindTo(code.instanceOf(target.owner()));
    }

    private MethodHandle ofField(Field field, Method method, boolean isStatic) throws Throwable {
        field.setAccessible(true);
        MethodHandle getter = MethodHandles.lookup().unreflectGetter(field);
        Object function = isStatic ? getter.invoke() : getter.invoke(code.instanceOf(target.owner()));
        if (function == null) {
            throw new NullPointerException("the field " + field.getName() + " holds null, not a function");
        }
        return MethodHandles.lookup().unreflect(method).bindTo(function);
    }
}
