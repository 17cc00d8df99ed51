package io.minimalcluster.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a signal does that comes while the process is on its way down already: the JVM itself would pass over it. By
 * reflection, for the compiler warns of the only class there is for it, and warnings fail the build.
 */
final class ForceQuitHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ForceQuitHandler.class);
    private static final int TERMINATED = 143;

    private ForceQuitHandler() {}

    /** From now on a signal to end does this and halts the process. */
    static void endsAtOnce(Runnable before) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> halt(before);
            case "equals" ->
                arguments != null && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "SecondSignal";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(ForceQuitHandler.class.getClassLoader(), new Class<?>[] {handlers}, handler);
            for (String name : List.of("TERM", "INT")) {
                Object each = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handlers).invoke(null, each, proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("event=no-second-signal reason=\"{}\"", e.toString());
        }
    }

    private static Object halt(Runnable before) {
        LOG.warn("event=ended-at-once");
        try {
            before.run();
        } finally {
            Runtime.getRuntime().halt(TERMINATED);
        }
        return before;
    }
}
