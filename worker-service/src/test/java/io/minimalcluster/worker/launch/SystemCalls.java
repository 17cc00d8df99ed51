package io.minimalcluster.worker.launch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes system calls by number, as hostile code does by the foreign-function API. */
final class SystemCalls {
    static final boolean IS_X86 = System.getProperty("os.arch").equals("amd64");

    private static final int ARGUMENTS = 6;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SYSCALL = syscall();

    private SystemCalls() {}

    @SuppressWarnings("restricted") // the signature is syscall's
    private static MethodHandle syscall() {
        MemoryLayout[] arguments = new MemoryLayout[ARGUMENTS + 1];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    /** The result of a call, or its negative error number. */
    static long call(long number, long... arguments) {
        long[] all = Arrays.copyOf(arguments, ARGUMENTS);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = (long) SYSCALL.invokeExact(state, number, all[0], all[1], all[2], all[3], all[4], all[5]);
            return result == -1 ? -state.get(ValueLayout.JAVA_INT, 0) : result;
        } catch (Throwable impossible) {
            throw new LinkageError("syscall", impossible);
        }
    }

    /**
     * Makes calls such as {@code 101,41:40:1}: numbers with arguments, which are -1 if absent. Returns the error
     * numbers in the same order, 0 for a success.
     */
    static String errors(String calls) {
        return Arrays.stream(calls.split(","))
                .map(call -> Arrays.stream(call.split(":"))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .map(words -> String.valueOf(Math.max(0, -call(words[0], padded(words)))))
                .collect(Collectors.joining(","));
    }

    private static long[] padded(long[] words) {
        long[] arguments = new long[ARGUMENTS];
        Arrays.fill(arguments, -1);
        System.arraycopy(words, 1, arguments, 0, words.length - 1);
        return arguments;
    }
}
