package io.minimalcluster.worker.launch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Protects this process from other processes of the same user: its memory, environment and file descriptors. */
public final class ProcessHardening {
    private static final int PR_SET_DUMPABLE = 4;

    private ProcessHardening() {}

    /**
     * Makes this process non-dumpable, on Linux only. To be called once at startup.
     *
     * @return whether it succeeded
     */
    @SuppressWarnings("restricted") // the signature below is prctl's
    public static boolean hide() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG);
        return linker.defaultLookup()
                .find("prctl")
                .map(address -> linker.downcallHandle(address, type, Linker.Option.firstVariadicArg(1)))
                .map(ProcessHardening::setUndumpable)
                .orElse(false);
    }

    private static boolean setUndumpable(MethodHandle prctl) {
        try {
            return (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0;
        } catch (Throwable impossible) {
            throw new LinkageError("prctl", impossible);
        }
    }
}
