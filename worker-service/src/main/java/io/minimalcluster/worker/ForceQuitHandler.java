package io.minimalcluster.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a second termination signal during shutdown, which the JVM itself ignores. Uses reflection because the
 * compiler warns of {@code sun.misc.Signal} and warnings fail the build.
 */
final class ForceQuitHandler {
    private static final Logger log = LoggerFactory.getLogger(ForceQuitHandler.class);
    private static final int TERMINATED = 143;

    /** The longest duration of the action. Executors end with this process in any case. */
    private static final Duration HALT_LIMIT = Duration.ofSeconds(5);

    private ForceQuitHandler() {}

    /**
     * Installs the handler: from now on SIGTERM or SIGINT runs an action and halts the process, at the latest after
     * {@link #HALT_LIMIT}.
     */
    static void install(Runnable beforeHalt) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> halt(beforeHalt);
            case "equals" ->
                arguments != null && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "ForceQuitHandler";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(ForceQuitHandler.class.getClassLoader(), new Class<?>[] {handlers}, handler);
            for (String name : List.of("TERM", "INT")) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handlers).invoke(null, instance, proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("event=signal-handler.not-installed reason=\"{}\"", e.toString());
        }
    }

    private static Object halt(Runnable beforeHalt) {
        log.warn("event=worker.halted");
        try {
            Thread.ofPlatform().daemon().name("halt").start(ForceQuitHandler::haltAtLimit);
            beforeHalt.run();
        } finally {
            Runtime.getRuntime().halt(TERMINATED);
        }
        return beforeHalt;
    }

    private static void haltAtLimit() {
        try {
            Thread.sleep(HALT_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(TERMINATED);
    }
}
