package io.minimalcluster.task.compile;

import io.minimalcluster.task.frame.CompileRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Compiles bundles for tests of the executor. */
public final class TestBundles {
    private static final Javac JAVAC = new Javac();

    private TestBundles() {}

    /** Compiles one source, {@code Main.java}. */
    public static Path write(Path folder, String source) throws IOException {
        return write(folder, Map.of("Main.java", source));
    }

    public static Path write(Path folder, Map<String, String> sources) throws IOException {
        Compilation.Result result = new Compilation(JAVAC).of(new CompileRequest(sources));
        if (result instanceof Compilation.Result.Bundled bundled) {
            return Files.write(Files.createTempFile(folder, "bundle", ".jar"), bundled.bundle());
        }
        throw new AssertionError(result);
    }
}
