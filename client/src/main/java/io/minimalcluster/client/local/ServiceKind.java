package io.minimalcluster.client.local;

import java.nio.file.Path;

/** The services of a cluster, with the locations of their jars and class caches. */
enum ServiceKind {
    MASTER("master"),
    WORKER("worker");

    private final String word;

    ServiceKind(String word) {
        this.word = word;
    }

    Path jar(Path home) {
        return targetFolder(home).resolve("app").resolve("minimalcluster-" + word + "-app.jar");
    }

    /** The class cache of the service. It matches one JDK and one build, and is optional. */
    Path cache(Path home) {
        return targetFolder(home).resolve("minimalcluster-" + word + ".aot");
    }

    /** The environment variable with additional JVM options. */
    String optionsVariable() {
        return this == MASTER ? "MINIMALCLUSTER_MASTER_OPTS" : "MINIMALCLUSTER_WORKER_OPTS";
    }

    private Path targetFolder(Path home) {
        return home.resolve(word + "-service").resolve("target");
    }
}
