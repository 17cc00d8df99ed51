package io.minimalcluster.task.execute;

import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.function.TargetFunctions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A bundle and its libraries in a class loader that sees only the platform classes. Each class with instance methods
 * gets one instance on the first call. Instances and statics live as long as this object.
 */
final class LoadedBundle implements AutoCloseable {
    private final Path bundle;
    private final String classPath;
    private final URLClassLoader loader;
    private final Map<Class<?>, Object> instances = new HashMap<>();

    private LoadedBundle(Path bundle, String classPath, URLClassLoader loader) {
        this.bundle = bundle;
        this.classPath = classPath;
        this.loader = loader;
    }

    /** @param libraries jars that follow the bundle on the class path */
    static LoadedBundle open(Path bundle, List<Path> libraries) throws IOException {
        if (!Files.isReadable(bundle)) {
            throw new NoSuchFileException(bundle.toString());
        }
        List<Path> files = new ArrayList<>(List.of(bundle));
        files.addAll(libraries);
        URL[] path = new URL[files.size()];
        StringJoiner classPath = new StringJoiner(File.pathSeparator);
        for (int at = 0; at < files.size(); at++) {
            path[at] = files.get(at).toUri().toURL();
            classPath.add(files.get(at).toString());
        }
        return new LoadedBundle(bundle, classPath.toString(), new UserCodeLoader(path));
    }

    boolean isOf(Path file) {
        return bundle.equals(file);
    }

    ClassLoader loader() {
        return loader;
    }

    /** The files of the loader, in the form of the option {@code -cp}. */
    String classPath() {
        return classPath;
    }

    /** The target function with a signature. No class is initialised. */
    Optional<Target> find(String signature) throws IOException, ClassNotFoundException {
        Optional<String> owner = owner(signature);
        return owner.isEmpty() ? Optional.empty() : find(owner.get(), signature);
    }

    /**
     * Finds a function by its signature with or without the class, because signatures of compact sources omit the
     * class.
     */
    Optional<Target> find(String owner, String signature) throws ClassNotFoundException {
        List<Target> targets = TargetFunctions.of(Class.forName(owner, false, loader));
        return targets.stream()
                .filter(target -> target.signature(false).equals(signature))
                .findFirst()
                .or(() -> targets.stream()
                        .filter(target -> target.signature(true).equals(signature))
                        .findFirst());
    }

    private Optional<String> owner(String signature) throws IOException {
        try (InputStream list = loader.getResourceAsStream(FunctionList.PATH)) {
            return list == null ? Optional.empty() : FunctionList.ownerOf(signature, list);
        }
    }

    /** The instance for calls of the instance methods of a class. */
    Object instanceOf(Class<?> owner) throws Throwable {
        Object existing = instances.get(owner);
        if (existing != null) {
            return existing;
        }
        Constructor<?> constructor = owner.getDeclaredConstructor();
        constructor.setAccessible(true);
        MethodHandle make = MethodHandles.lookup().unreflectConstructor(constructor);
        Object made = make.invoke();
        instances.put(owner, made);
        return made;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
