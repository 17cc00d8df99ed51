package io.minimalcluster.worker.launch;

import java.nio.file.Path;

/** Where a child sees its files. */
record Sight(String jar, String job, String marks, String tmp, String cache) {
    /** Behind bubblewrap, in a file system of its own. */
    static final Sight WALLED = new Sight("/exec.jar", "/job", "/marks", "/tmp", "/exec.aot");

    /** Where they are. */
    static Sight of(Path jar, Claim claim) {
        return new Sight(
                jar.toString(),
                claim.job().toString(),
                claim.marks().toString(),
                claim.tmp().toString(),
                TaskRuntimeCache.beside(jar).toString());
    }
}
