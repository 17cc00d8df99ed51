package io.minimalcluster.task.compile;

import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.function.TargetFunctions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The target functions of compiled classes, which are loaded for it, but never initialised. */
final class BundledFunctions extends ClassLoader {
    private final SortedMap<String, byte[]> classes;
    private final Set<String> compact;

    /**
     * @param compact the names of the classes that compact sources made
     * @param libraries loads what the classes use
     */
    BundledFunctions(SortedMap<String, byte[]> classes, Set<String> compact, ClassLoader libraries) {
        super(libraries);
        this.classes = classes;
        this.compact = compact;
    }

    /** Functions of two compact sources that have one signature get the names of their sources to it. */
    List<TargetFunction> list() {
        List<Target> targets = classes.keySet().stream()
                .flatMap(name -> TargetFunctions.of(load(name)).stream())
                .toList();
        Map<String, Long> bearers = targets.stream()
                .map(target -> target.signature(isCompact(target)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return targets.stream()
                .map(target ->
                        target.described(isCompact(target) && bearers.getOrDefault(target.signature(true), 0L) == 1))
                .toList();
    }

    private boolean isCompact(Target target) {
        return compact.contains(target.owner().getName().split("\\$", 2)[0]);
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, this);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The environment's own classes go before those of its libraries, as they do where tasks run. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!classes.containsKey(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
