package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Packages the classes of {@link TestChild} in a jar that children can read. */
final class TestChildJar {
    private static final List<Class<?>> CLASSES = List.of(
            TestChild.class,
            Attacks.class,
            Attacks.Attack.class,
            SystemCalls.class,
            Frame.class,
            FrameKind.class,
            TaskStateFile.class,
            FrameStreams.class);

    private TestChildJar() {}

    static Path in(Path folder) throws IOException {
        Path jar = Files.createTempFile(folder, "child", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TestChild.class.getName());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Class<?> type : CLASSES) {
                add(type, entries);
            }
        }
        SandboxSlot.allow(jar, "r--r--r--");
        return jar;
    }

    private static void add(Class<?> type, JarOutputStream entries) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new ZipEntry(name));
        try (InputStream bytes = type.getResourceAsStream("/" + name)) {
            if (bytes == null) {
                throw new IOException(name);
            }
            bytes.transferTo(entries);
        }
        entries.closeEntry();
    }
}
