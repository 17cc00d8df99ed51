package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.function.TargetFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compiled classes that are an environment. Their target functions are the public methods of the public classes. The
 * classes are loaded without being initialised.
 */
final class MainClasses {
    private static final int MAGIC = 0xcafebabe;
    private static final int FIRST_VERSION = 44;
    private static final int LANGUAGE = 25;
    private static final int HEADER_BYTES = 8;
    private static final int PREVIEW = 0xffff;
    private static final int MAX_HINTS = 10;

    private final String jar;
    private final List<Target> targets = new ArrayList<>();
    private final List<Diagnostic> hints = new ArrayList<>();

    private MainClasses(String jar) {
        this.jar = jar;
    }

    /**
     * Reads the classes of the jar, which is the first library.
     *
     * @throws InvalidFileException if a class of any library is newer than the Java of the workers
     */
    static MainClasses of(String jar, Libraries libraries) throws InvalidFileException, IOException {
        MainClasses classes = new MainClasses(jar);
        ClassLoader loader = libraries.loader();
        for (Libraries.Content library : libraries.contents()) {
            for (LibraryClass file : library.classes()) {
                checkVersion(library.library(), file);
            }
        }
        for (LibraryClass file : libraries.contents().getFirst().classes()) {
            classes.add(file.binaryName(), loader);
        }
        return classes;
    }

    private static void checkVersion(String jar, LibraryClass file) throws InvalidFileException, IOException {
        byte[] header;
        try (InputStream in = file.openInputStream()) {
            header = in.readNBytes(HEADER_BYTES);
        }
        ByteBuffer read = ByteBuffer.wrap(header);
        if (header.length < HEADER_BYTES || read.getInt(0) != MAGIC) {
            throw new InvalidFileException(jar, "it has a class file that is none: " + file.getName());
        }
        int minor = Short.toUnsignedInt(read.getShort(4));
        int java = Short.toUnsignedInt(read.getShort(6)) - FIRST_VERSION;
        if (java > LANGUAGE || minor == PREVIEW) {
            String version = minor == PREVIEW ? "the preview features of Java " + java : "Java " + java;
            throw new InvalidFileException(
                    jar,
                    file.getName() + " is compiled for " + version + ", and workers run Java " + LANGUAGE
                            + ": compile with --release " + LANGUAGE);
        }
    }

    private void add(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            if (isPublic(type)) {
                TargetFunctions.of(type).stream().filter(MainClasses::isPublic).forEach(targets::add);
            }
        } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
            if (hints.size() < MAX_HINTS) {
                hints.add(skipped(name, e));
            }
        }
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static boolean isPublic(Target target) {
        return target.member() instanceof Target.Member.OfMethod of
                && Modifier.isPublic(of.method().getModifiers());
    }

    private Diagnostic skipped(String name, Throwable reason) {
        return new Diagnostic(
                jar,
                0,
                0,
                "warning",
                "minimalcluster.class-skipped",
                name + " has no target functions, because it can't be loaded: " + reason,
                "");
    }

    List<TargetFunction> functions() {
        return targets.stream()
                .map(target -> target.described(false))
                .sorted(Comparator.comparing(TargetFunction::signature))
                .toList();
    }

    List<Diagnostic> hints() {
        return List.copyOf(hints);
    }
}
