package io.minimalcluster.client.cli;

import io.minimalcluster.client.cli.option.InterruptSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Handles SIGINT of this process through {@code sun.misc.Signal}. It uses reflection, because javac warns about that
 * class and warnings fail the build.
 */
final class ProcessSignals implements InterruptSource {
    @Override
    public Registration handle(Runnable handler) {
        try {
            Object previous = replace(proxy(handler));
            return () -> restore(previous);
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            return () -> {}; // with -Xrs the JVM does not handle signals, and SIGINT ends it
        }
    }

    private static void restore(Object previous) {
        try {
            replace(previous);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the handler of SIGINT that was there before is refused", e);
        }
    }

    /** Sets the handler and returns the previous one. */
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
