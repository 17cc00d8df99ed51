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

/** Lists the target functions of compiled classes. It loads the classes without initialising them. */
final class BundledFunctions extends ClassLoader {
    private final SortedMap<String, byte[]> classes;
    private final Set<String> compact;

    /**
     * @param compact the names of the classes of compact sources
     * @param libraries the class loader of the libraries
     */
    BundledFunctions(SortedMap<String, byte[]> classes, Set<String> compact, ClassLoader libraries) {
        super(libraries);
        this.classes = classes;
        this.compact = compact;
    }

    /**
     * All target functions. A signature that occurs in several compact sources is qualified with the name of its
     * source.
     */
    List<TargetFunction> list() {
        List<Target> targets = classes.keySet().stream()
                .flatMap(name -> TargetFunctions.of(load(name)).stream())
                .toList();
        Map<String, Long> occurrences = targets.stream()
                .map(target -> target.signature(isCompact(target)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return targets.stream()
                .map(target -> target.described(
                        isCompact(target) && occurrences.getOrDefault(target.signature(true), 0L) == 1))
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

    /** Prefers classes of the environment to those of its libraries, as the executor does. */
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
