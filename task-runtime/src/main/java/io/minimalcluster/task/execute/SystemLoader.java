package io.minimalcluster.task.execute;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Makes the class loader of user code the system class loader. User code then finds its own classes, and none of this
 * program, by {@link ClassLoader#getSystemClassLoader()} and in threads of its own fork-join pools. It also finds the
 * tools of the JDK, such as the compiler, which {@link java.util.ServiceLoader} seeks by the system class loader.
 *
 * <p>The JDK has no method for this. The option {@code java.system.class.loader} would exclude the class cache, so this
 * class sets the field of {@link ClassLoader}, and binds the modules of the JDK to the new loader. The manifest of the
 * jar opens {@code java.lang} for it.
 */
public final class SystemLoader {
    private static final String FIELD = "scl";
    private static final String BIND = "bindToLoader";
    private static @Nullable MethodHandle setter;
    private static @Nullable MethodHandle binder;

    private SystemLoader() {}

    /** Prepares the change. Without access to {@code java.lang} the system class loader stays as it is. */
    public static void open() {
        MethodHandles.Lookup own = MethodHandles.lookup();
        try {
            setter = MethodHandles.privateLookupIn(ClassLoader.class, own)
                    .findStaticSetter(ClassLoader.class, FIELD, ClassLoader.class);
            binder = MethodHandles.privateLookupIn(ModuleLayer.class, own)
                    .findVirtual(ModuleLayer.class, BIND, MethodType.methodType(void.class, ClassLoader.class));
        } catch (ReflectiveOperationException _) {
            setter = null;
            binder = null;
        }
    }

    /**
     * Sets the system class loader, and the class path that user code may pass to a process of its own. To be called
     * before user code runs.
     */
    static void use(ClassLoader userCode, String classPath) {
        MethodHandle set = setter;
        MethodHandle bind = binder;
        if (set == null || bind == null) {
            return;
        }
        ForkJoinPool.commonPool(); // the system class loader loads its thread factory
        try {
            bind.invokeExact(ModuleLayer.boot(), userCode);
            set.invokeExact(userCode);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        System.setProperty("java.class.path", classPath);
    }
}
