package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.task.frame.CompileRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;

/**
 * The libraries of an environment. Each is checked completely before use and none is unpacked. Multi-release jars
 * provide the classes of this Java version; {@code Class-Path} in manifests is ignored.
 */
final class Libraries implements AutoCloseable {
    static final Libraries NONE = new Libraries();

    private static final String PROCESSORS = "META-INF/services/javax.annotation.processing.Processor";

    /** The maximum uncompressed size of all libraries in bytes. */
    private static final long MAX_UNCOMPRESSED = 256L << 20;

    private final List<JarFile> jars = new ArrayList<>();
    private final Map<String, List<LibraryClass>> packages = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Content> contents = new ArrayList<>();
    private final List<String> withProcessors = new ArrayList<>();

    /** The classes of one library that no earlier library has. */
    record Content(String library, List<LibraryClass> classes) {}

    private Libraries() {}

    static Libraries open(List<CompileRequest.Library> libraries) throws InvalidFileException {
        Libraries opened = new Libraries();
        boolean isValid = false;
        try {
            LibraryCheck check = new LibraryCheck(MAX_UNCOMPRESSED);
            for (CompileRequest.Library library : libraries) {
                opened.add(library, check);
            }
            isValid = true;
            return opened;
        } finally {
            if (!isValid) {
                opened.close();
            }
        }
    }

    private void add(CompileRequest.Library library, LibraryCheck check) throws InvalidFileException {
        try {
            Path file = Path.of(library.file());
            CentralDirectory.of(file).check(library.name());
            JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
            jars.add(jar);
            contents.add(new Content(library.name(), new ArrayList<>()));
            check.check(library.name(), jar);
            if (jar.getEntry(PROCESSORS) != null) {
                withProcessors.add(library.name());
            }
            jar.versionedStream()
                    .filter(entry -> LibraryClass.isClass(entry.getName()))
                    .forEach(entry -> add(jar, entry));
        } catch (IOException | SecurityException e) {
            throw new InvalidFileException(library.name(), "it is not a valid jar: " + e.getMessage());
        }
    }

    /** Adds a class. The first class of a name wins, as on any class path. */
    private void add(JarFile jar, JarEntry entry) {
        if (seen.add(entry.getName())) {
            LibraryClass found = new LibraryClass(jar, entry);
            packages.computeIfAbsent(found.packageName(), _ -> new ArrayList<>())
                    .add(found);
            contents.getLast().classes().add(found);
        }
    }

    /** The classes of each library in the order of the class path. */
    List<Content> contents() {
        return Collections.unmodifiableList(contents);
    }

    /** One hint for each library with annotation processors, which do not run. */
    List<Diagnostic> processorHints() {
        return withProcessors.stream()
                .map(name -> new Diagnostic(
                        name,
                        0,
                        0,
                        "note",
                        "minimalcluster.annotation-processor",
                        "this library has an annotation processor, and annotation processors do not run here: post the"
                                + " sources that it generates, or compiled classes as the part main",
                        ""))
                .toList();
    }

    boolean isEmpty() {
        return jars.isEmpty();
    }

    /** The classes of a package, with those of its subpackages if {@code recurse} is set. */
    List<JavaFileObject> list(String packageName, boolean recurse) {
        if (!recurse) {
            return List.copyOf(packages.getOrDefault(packageName, List.of()));
        }
        String below = packageName.isEmpty() ? "" : packageName + ".";
        List<JavaFileObject> all = new ArrayList<>();
        packages.forEach((name, classes) -> {
            if (name.equals(packageName) || name.startsWith(below)) {
                all.addAll(classes);
            }
        });
        return all;
    }

    /** A class loader for the libraries, separate from the class path of this process. */
    ClassLoader loader() {
        return new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = bytes(name).orElseThrow(() -> new ClassNotFoundException(name));
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private Optional<byte[]> bytes(String name) throws ClassNotFoundException {
        String packageName = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        for (LibraryClass each : packages.getOrDefault(packageName, List.of())) {
            if (each.binaryName().equals(name)) {
                try (InputStream in = each.openInputStream()) {
                    return Optional.of(in.readAllBytes());
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        jars.forEach(Libraries::close);
    }

    private static void close(JarFile jar) {
        try {
            jar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
