package io.minimalcluster.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** {@link UserTasks} as a bundle. */
final class UserBundle {
    private static final List<Class<?>> CLASSES = List.of(
            UserTasks.class,
            UserTasks.Poisoned.class,
            UserTasks.Broken.class,
            UserTasks.RepeatingClassLoader.class,
            GreedyTasks.class);

    private UserBundle() {}

    static Path in(Path folder) throws IOException {
        Path bundle = folder.resolve("bundle.jar");
        try (OutputStream out = Files.newOutputStream(bundle);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Class<?> type : CLASSES) {
                addClass(type, jar);
            }
            jar.putNextEntry(new ZipEntry("META-INF/minimalcluster/functions.json"));
            jar.write(functions().getBytes(UTF_8));
            jar.closeEntry();
        }
        return bundle;
    }

    private static void addClass(Class<?> type, JarOutputStream jar) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(name));
        try (InputStream bytes = type.getResourceAsStream("/" + name)) {
            if (bytes == null) {
                throw new IOException(name);
            }
            bytes.transferTo(jar);
        }
        jar.closeEntry();
    }

    private static String functions() {
        return CLASSES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> "{\"owner\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(method.getDeclaringClass().getName(), signature(method)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The signature of a method, as listed in {@code functions.json}. */
    static String signature(String name) {
        return CLASSES.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().equals(name))
                .map(UserBundle::signature)
                .findFirst()
                .orElseThrow();
    }

    private static String signature(Method method) {
        String owner = method.getDeclaringClass().getName().replace('$', '.');
        return owner + "." + method.getName() + "(" + method.getParameterTypes()[0].getSimpleName() + ")";
    }
}
