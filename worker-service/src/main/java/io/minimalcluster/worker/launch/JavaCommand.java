package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SandboxEtc;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.TaskRuntimeCache;
import java.util.ArrayList;
import java.util.List;

/** Builds the Java command line of a child: JVM limits, then the jar. */
final class JavaCommand {
    /** The fixed options. JVM messages go to standard error, because standard output carries frames. */
    private static final List<String> FIXED_OPTIONS = List.of(
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
            "-Djava.awt.headless=true",
            "-Duser.name=" + SandboxEtc.USER_NAME,
            "-Duser.timezone=UTC");

    private final String java;

    JavaCommand(JdkHome jdk) {
        this.java = jdk.java();
    }

    List<String> run(LaunchRequest request, SandboxPaths paths) {
        List<String> words = start(request.limits(), paths);
        if (request.classCache() != null) {
            words.addAll(TaskRuntimeCache.options(paths.cache()));
        }
        words.addAll(request.options());
        words.addAll(List.of("-jar", paths.jar()));
        words.addAll(request.arguments());
        if (request.hasTaskState()) {
            words.add(paths.taskStateFile());
        }
        return words;
    }

    /** Builds a {@code -version} command with all usual options. */
    List<String> probe(LaunchRequest request, SandboxPaths paths) {
        List<String> words = start(request.limits(), paths);
        words.addAll(List.of("-cp", paths.jar(), "-version"));
        return words;
    }

    private List<String> start(JvmLimits limits, SandboxPaths paths) {
        List<String> words = new ArrayList<>();
        words.add(java);
        words.add("-Xmx" + limits.heapBytes());
        words.add("-XX:MaxMetaspaceSize=" + limits.metaspaceBytes());
        words.add("-XX:MaxDirectMemorySize=" + limits.directBytes());
        words.addAll(FIXED_OPTIONS);
        words.add("-XX:ErrorFile=" + paths.tmp() + "/hs_err.log");
        words.add("-Djava.io.tmpdir=" + paths.tmp());
        words.add("-Duser.home=" + paths.tmp());
        return words;
    }
}
