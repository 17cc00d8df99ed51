package io.minimalcluster.task.execute;

import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * State of the process and of the task thread that is restored after each task. Static fields, thread-local values,
 * system properties, the default locale and the default time zone are not restored.
 */
final class ProcessDefaults {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;
    private String threadName = "";
    private int threadPriority = Thread.NORM_PRIORITY;
    private @Nullable ClassLoader loader;

    /** Sets the context class loader. To be called on the thread that runs the tasks, before the first one. */
    void use(ClassLoader userCode) {
        Thread thread = Thread.currentThread();
        threadName = thread.getName();
        threadPriority = thread.getPriority();
        loader = userCode;
        thread.setContextClassLoader(userCode);
        CommonPoolThreads.use(userCode);
    }

    /** Undoes what a task has changed. It compares first, because it runs after each task. */
    @SuppressWarnings("ReferenceEquality") // equals is user code
    void restore() {
        Thread.interrupted();
        if (System.out != out) {
            System.setOut(out);
        }
        if (System.err != err) {
            System.setErr(err);
        }
        if (System.in != in) {
            System.setIn(in);
        }
        if (Thread.getDefaultUncaughtExceptionHandler() != null) {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        restore(Thread.currentThread());
        CommonPoolThreads.restore();
    }

    @SuppressWarnings({"ReferenceEquality", "ThreadPriorityCheck"}) // it undoes what user code has set
    private void restore(Thread thread) {
        if (thread.getContextClassLoader() != loader) {
            thread.setContextClassLoader(loader);
        }
        if (!thread.getName().equals(threadName)) {
            thread.setName(threadName);
        }
        if (thread.getPriority() != threadPriority) {
            thread.setPriority(threadPriority);
        }
    }
}
