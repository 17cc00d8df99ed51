package io.minimalcluster.worker.launch.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The paths of a child's files, as the child sees them. */
public record SandboxPaths(String jar, String job, String taskStateFile, String tmp, String cache) {
    /** The paths inside a bubblewrap sandbox, which has a file system of its own. */
    public static final SandboxPaths BUBBLEWRAP = new SandboxPaths("/exec.jar", "/job", "/marks", "/tmp", "/exec.aot");

    /** The paths outside a sandbox, which are the same for parent and child. */
    public static SandboxPaths of(Path jar, @Nullable Path cache, SandboxSlot sandboxSlot) {
        return new SandboxPaths(
                jar.toString(),
                sandboxSlot.job().toString(),
                sandboxSlot.taskStateFile().toString(),
                sandboxSlot.tmp().toString(),
                cache == null ? "" : cache.toString());
    }
}
