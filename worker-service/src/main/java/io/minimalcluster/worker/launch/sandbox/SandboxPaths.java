package io.minimalcluster.worker.launch.sandbox;

import java.nio.file.Path;

/** Where a child sees its files. */
public record SandboxPaths(String jar, String job, String marks, String tmp, String cache) {
    /** Behind bubblewrap, in a file system of its own. */
    public static final SandboxPaths WALLED = new SandboxPaths("/exec.jar", "/job", "/marks", "/tmp", "/exec.aot");

    /** Where they are. */
    public static SandboxPaths of(Path jar, SandboxSlot sandboxSlot) {
        return new SandboxPaths(
                jar.toString(),
                sandboxSlot.job().toString(),
                sandboxSlot.marks().toString(),
                sandboxSlot.tmp().toString(),
                TaskRuntimeCache.beside(jar).toString());
    }
}
