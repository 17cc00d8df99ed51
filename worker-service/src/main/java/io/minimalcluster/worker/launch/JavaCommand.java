package io.minimalcluster.worker.launch;

import java.util.ArrayList;
import java.util.List;

/** The command line of a child behind its walls: limits first, then what to run. */
final class JavaCommand {
    /** What it says for itself goes to standard error: standard output has the frames. */
    private static final List<String> FIXED = List.of(
            "-Xss1m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+DisableAttachMechanism",
            "-XX:-UsePerfData",
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            // CVE-2026-114938, in JDKs before 25.0.5.1
            "-XX:-UseBASE64Intrinsics",
            "-Duser.timezone=UTC");

    private final String java;

    JavaCommand(JdkHome jdk) {
        this.java = jdk.java();
    }

    List<String> run(LaunchRequest request, Sight sight) {
        List<String> words = start(request.limits(), sight);
        if (request.hasClassCache()) {
            words.addAll(TaskRuntimeCache.options(sight.cache()));
        }
        words.addAll(request.options());
        words.addAll(List.of("-cp", sight.jar(), request.mainClass()));
        words.addAll(request.arguments());
        if (request.marked()) {
            words.add(sight.marks());
        }
        return words;
    }

    /** The least that a JVM can do, with all that it is otherwise given. */
    List<String> probe(LaunchRequest request, Sight sight) {
        List<String> words = start(request.limits(), sight);
        words.addAll(List.of("-cp", sight.jar(), "-version"));
        return words;
    }

    private List<String> start(JvmLimits limits, Sight sight) {
        List<String> words = new ArrayList<>();
        words.add(java);
        words.add("-Xmx" + limits.heapBytes());
        words.add("-XX:MaxMetaspaceSize=" + limits.metaspaceBytes());
        words.add("-XX:MaxDirectMemorySize=" + limits.directBytes());
        words.addAll(FIXED);
        words.add("-XX:ErrorFile=" + sight.tmp() + "/hs_err.log");
        words.add("-Djava.io.tmpdir=" + sight.tmp());
        return words;
    }
}
