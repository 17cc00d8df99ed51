package io.minimalcluster.task.compile;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.tools.SimpleJavaFileObject;

/** A class file of a library for javac. */
final class LibraryClass extends SimpleJavaFileObject {
    private static final String SUFFIX = ".class";

    private final JarFile jar;
    private final JarEntry entry;
    private final String binaryName;

    LibraryClass(JarFile jar, JarEntry entry) {
        super(URI.create("memory:///library"), Kind.CLASS);
        this.jar = jar;
        this.entry = entry;
        String name = entry.getName();
        this.binaryName = name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
    }

    /** Ignores module descriptors, because all libraries are on the class path. */
    static boolean isClass(String entry) {
        return entry.endsWith(SUFFIX) && !entry.endsWith("module-info.class");
    }

    String binaryName() {
        return binaryName;
    }

    String packageName() {
        int end = binaryName.lastIndexOf('.');
        return end < 0 ? "" : binaryName.substring(0, end);
    }

    @Override
    public String getName() {
        return entry.getName();
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.CLASS && binaryName.endsWith(simpleName);
    }

    @Override
    public InputStream openInputStream() throws IOException {
        return jar.getInputStream(entry);
    }
}
