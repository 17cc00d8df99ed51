package io.minimalcluster.task.compile;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The compiler of the JDK with fixed options. */
final class Javac {
    private static final int LANGUAGE = 25;

    private static final List<String> PARSING =
            List.of("--source", Integer.toString(LANGUAGE), "-proc:none", "-Xlint:none");

    /** The {@code --release} option costs 20 ms and has no effect on a JDK of the same version. */
    private static final List<String> COMPILING = List.of(
            Runtime.version().feature() == LANGUAGE ? "--source" : "--release",
            Integer.toString(LANGUAGE),
            "-proc:none",
            "-implicit:none",
            "-parameters",
            "-g",
            "-Xlint:all,-path,-options,-processing,-classfile",
            "--should-stop=ifError=FLOW");

    private final JavaCompiler compiler =
            Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK with its compiler");
    private final StandardJavaFileManager platform;
    private final StringWriter crashes = new StringWriter();

    Javac() {
        platform = compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
        try {
            platform.setLocation(StandardLocation.CLASS_PATH, List.of());
            platform.setLocation(StandardLocation.SOURCE_PATH, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file manager for one compilation. */
    CompilerFileManager files(Libraries libraries) {
        return new CompilerFileManager(platform, libraries);
    }

    /** A task that only parses. The later compilation reports warnings. */
    JavacTask parsing(Collection<Source> sources, Diagnostics diagnostics) {
        return task(sources, new CompilerFileManager(platform, Libraries.NONE), diagnostics, PARSING);
    }

    JavacTask compiling(Collection<Source> sources, CompilerFileManager files, Diagnostics diagnostics) {
        return task(sources, files, diagnostics, COMPILING);
    }

    private JavacTask task(
            Collection<Source> sources, CompilerFileManager files, Diagnostics diagnostics, List<String> options) {
        return (JavacTask) compiler.getTask(crashes, files, diagnostics, options, null, sources);
    }

    /** What javac printed instead of reporting it, such as the stack trace of an error that it caught. */
    String crashes() {
        return crashes.toString();
    }
}
