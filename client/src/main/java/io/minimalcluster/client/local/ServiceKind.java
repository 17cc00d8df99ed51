package io.minimalcluster.client.local;

import java.nio.file.Path;

/** The programs that a cluster consists of, and where the build leaves them. */
enum ServiceKind {
    MASTER("master"),
    WORKER("worker");

    private final String word;

    ServiceKind(String word) {
        this.word = word;
    }

    Path jar(Path home) {
        return target(home).resolve("app").resolve("minimalcluster-" + word + "-app.jar");
    }

    /**
     * Its classes as they were after a training run; of no use to another JDK or another build, and not needed by any.
     */
    Path cache(Path home) {
        return target(home).resolve("minimalcluster-" + word + ".aot");
    }

    /** What the user wants its JVM to be given. */
    String optionsVariable() {
        return this == MASTER ? "MINIMALCLUSTER_MASTER_OPTS" : "MINIMALCLUSTER_WORKER_OPTS";
    }

    private Path target(Path home) {
        return home.resolve(word + "-service").resolve("target");
    }
}
