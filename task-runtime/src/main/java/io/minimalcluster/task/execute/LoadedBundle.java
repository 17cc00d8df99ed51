package io.minimalcluster.task.execute;

import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.function.TargetFunctions;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loaded bundle with its libraries. Its classes see the platform's, and nothing of ours. There is one instance of
 * each class that needs one, made when it is first called; it and all statics last as long as this does.
 */
final class LoadedBundle implements AutoCloseable {
    private final Path bundle;
    private final URLClassLoader loader;
    private final Map<Class<?>, Object> instances = new HashMap<>();

    private LoadedBundle(Path bundle, URLClassLoader loader) {
        this.bundle = bundle;
        this.loader = loader;
    }

    /** @param libraries on the class path behind the bundle */
    static LoadedBundle open(Path bundle, List<Path> libraries) throws IOException {
        if (!Files.isReadable(bundle)) {
            throw new NoSuchFileException(bundle.toString());
        }
        URL[] path = new URL[1 + libraries.size()];
        path[0] = bundle.toUri().toURL();
        for (int at = 0; at < libraries.size(); at++) {
            path[at + 1] = libraries.get(at).toUri().toURL();
        }
        return new LoadedBundle(bundle, new URLClassLoader(path, ClassLoader.getPlatformClassLoader()));
    }

    boolean isOf(Path file) {
        return bundle.equals(file);
    }

    ClassLoader loader() {
        return loader;
    }

    /** The target function of a signature; no class is initialised. */
    Optional<Target> find(String signature) throws IOException, ClassNotFoundException {
        Optional<String> owner = owner(signature);
        return owner.isEmpty() ? Optional.empty() : find(owner.get(), signature);
    }

    /** Signatures of a compact source lack the class, so a signature may fit with it or without. */
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

    /** The instance that the instance methods of a class are called on. */
    Object instanceOf(Class<?> owner) throws Throwable {
        Object there = instances.get(owner);
        if (there != null) {
            return there;
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
