package io.minimalcluster.task.execute;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Creates the threads of the common pool, with the class loader of user code as context class loader. The JDK would set
 * the system class loader, which holds the runtime and no user code.
 */
public final class CommonPoolThreads implements ForkJoinPool.ForkJoinWorkerThreadFactory {
    private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.threadFactory";
    private static final Set<PoolThread> THREADS = ConcurrentHashMap.newKeySet();
    private static volatile ClassLoader loader = ClassLoader.getPlatformClassLoader();
    private static volatile boolean changed;

    /** Called by the JDK. */
    public CommonPoolThreads() {}

    /** To be called before the first use of the common pool. */
    public static void install() {
        System.setProperty(PROPERTY, CommonPoolThreads.class.getName());
    }

    /** Sets the context class loader of all present and future threads of the pool. */
    static void use(ClassLoader userCode) {
        loader = userCode;
        changed = true;
        restore();
    }

    /** Undoes changes of context class loaders by user code. */
    static void restore() {
        if (changed) {
            changed = false;
            THREADS.forEach(PoolThread::restoreLoader);
        }
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        return new PoolThread(pool);
    }

    /** Drops thread-local values after each task, as the threads of the JDK do. */
    private static final class PoolThread extends ForkJoinWorkerThread {
        PoolThread(ForkJoinPool pool) {
            super(null, pool, false);
            restoreLoader();
        }

        void restoreLoader() {
            super.setContextClassLoader(loader);
        }

        @Override
        public void setContextClassLoader(ClassLoader changedTo) {
            super.setContextClassLoader(changedTo);
            changed = true;
        }

        @Override
        protected void onStart() {
            THREADS.add(this);
            restoreLoader(); // it may have changed meanwhile
        }

        @Override
        protected void onTermination(Throwable failure) {
            THREADS.remove(this);
        }
    }
}
