package io.minimalcluster.task.compile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The file manager of a compilation. It reads the platform's modules and the libraries, and writes classes to memory.
 */
final class CompilerFileManager extends ForwardingJavaFileManager<JavaFileManager> {
    private static final Set<JavaFileManager.Location> HIDDEN = Set.of(
            StandardLocation.CLASS_PATH,
            StandardLocation.SOURCE_PATH,
            StandardLocation.CLASS_OUTPUT,
            StandardLocation.SOURCE_OUTPUT,
            StandardLocation.ANNOTATION_PROCESSOR_PATH,
            StandardLocation.ANNOTATION_PROCESSOR_MODULE_PATH,
            StandardLocation.NATIVE_HEADER_OUTPUT,
            StandardLocation.MODULE_PATH,
            StandardLocation.MODULE_SOURCE_PATH,
            StandardLocation.UPGRADE_MODULE_PATH,
            StandardLocation.PATCH_MODULE_PATH);

    private final SortedMap<String, ByteArrayOutputStream> written = new TreeMap<>();

    private final Libraries libraries;

    CompilerFileManager(JavaFileManager platform, Libraries libraries) {
        super(platform);
        this.libraries = libraries;
    }

    /** The compiled classes by binary name. */
    SortedMap<String, byte[]> classes() {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    @Override
    public boolean hasLocation(Location location) {
        if (location == StandardLocation.CLASS_PATH) {
            return !libraries.isEmpty();
        }
        return location == StandardLocation.CLASS_OUTPUT || (!HIDDEN.contains(location) && super.hasLocation(location));
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location == StandardLocation.CLASS_PATH && kinds.contains(JavaFileObject.Kind.CLASS)) {
            return libraries.list(packageName, recurse);
        }
        return HIDDEN.contains(location) ? List.of() : super.list(location, packageName, kinds, recurse);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof LibraryClass found ? found.binaryName() : super.inferBinaryName(location, file);
    }

    @Override
    public Iterable<Set<Location>> listLocationsForModules(Location location) throws IOException {
        return HIDDEN.contains(location) ? List.of() : super.listLocationsForModules(location);
    }

    @Override
    public @Nullable JavaFileObject getJavaFileForInput(Location location, String className, JavaFileObject.Kind kind)
            throws IOException {
        return HIDDEN.contains(location) ? null : super.getJavaFileForInput(location, className, kind);
    }

    @Override
    public @Nullable FileObject getFileForInput(Location location, String packageName, String relativeName)
            throws IOException {
        return HIDDEN.contains(location) ? null : super.getFileForInput(location, packageName, relativeName);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("memory:///class"), kind) {
            @Override
            public OutputStream openOutputStream() {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                written.put(className, bytes);
                return bytes;
            }
        };
    }

    @Override
    public void close() {
        // the next compilation reuses the open platform modules
    }
}
