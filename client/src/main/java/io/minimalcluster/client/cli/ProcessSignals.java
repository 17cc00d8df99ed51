package io.minimalcluster.client.cli;

import io.minimalcluster.client.cli.option.InterruptSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signals of this process. {@code sun.misc.Signal} is the only class for it, and javac warns of it, which would
 * fail the build: so it is called by reflection.
 */
final class ProcessSignals implements InterruptSource {
    @Override
    public Registration handle(Runnable handler) {
        try {
            Object before = replace(proxy(handler));
            return () -> restore(before);
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            return () -> {}; // the JVM was told to leave signals alone: SIGINT ends it, as ever
        }
    }

    private static void restore(Object before) {
        try {
            replace(before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the handler of SIGINT that was there before is refused", e);
        }
    }

    /** Sets the handler; gives the one before. */
    private static Object replace(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        try {
            return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                    .invoke(null, interrupt, handler);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        }
    }

    private static Object proxy(Runnable handler) throws ClassNotFoundException {
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                handler.run();
                yield null;
            }
            case "equals" ->
                arguments != null && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "ProcessSignals";
        };
        return Proxy.newProxyInstance(
                ProcessSignals.class.getClassLoader(), new Class<?>[] {Class.forName("sun.misc.SignalHandler")}, calls);
    }
}
