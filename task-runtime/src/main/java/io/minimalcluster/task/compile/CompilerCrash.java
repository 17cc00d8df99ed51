package io.minimalcluster.task.compile;

/** Describes a crash of javac. */
final class CompilerCrash {
    static final String UNKNOWN = "the compiler broke on this source; please try to find the line that it breaks on";

    private CompilerCrash() {}

    static boolean isStackOverflow(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) {
                return true;
            }
        }
        return false;
    }

    static String explain(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError) {
                return "a class that the sources or a library need is in none of the libraries, or does not fit: "
                        + cause;
            }
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
        }
        return "the compiler broke on this source (" + thrown.getClass().getName()
                + "); please try to find the line that it breaks on";
    }
}
