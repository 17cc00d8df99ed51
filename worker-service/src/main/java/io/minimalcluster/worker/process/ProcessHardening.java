package io.minimalcluster.worker.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Protects this process and its files: its memory, environment and descriptors from other processes of the same user,
 * its files from other users.
 */
public final class ProcessHardening {
    private static final int PR_SET_DUMPABLE = 4;

    /** No access for the group and for others. */
    private static final int OWNER_ONLY = 0_077;

    private ProcessHardening() {}

    /**
     * Makes this process non-dumpable, and the files that it will create accessible to their owner only, on Linux. To
     * be called once at startup.
     *
     * @return whether it succeeded
     */
    public static boolean hide() {
        return System.getProperty("os.name").equals("Linux")
                && call("prctl", PR_SET_DUMPABLE) == 0
                && call("umask", OWNER_ONLY) >= 0;
    }

    /**
     * Calls a function of the C library. Both functions have the type of prctl here, because each further type costs a
     * start as much as the first one. The calling conventions of Linux let a function ignore further arguments.
     */
    @SuppressWarnings("restricted")
    private static int call(String function, int argument) {
        FunctionDescriptor type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function), type, Linker.Option.firstVariadicArg(1));
        try {
            return (int) handle.invokeExact(argument, 0L, 0L, 0L, 0L);
        } catch (Throwable impossible) {
            throw new LinkageError(function, impossible);
        }
    }
}
