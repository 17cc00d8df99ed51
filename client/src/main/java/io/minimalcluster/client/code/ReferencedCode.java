package io.minimalcluster.client.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The code that a function needs: the folders and jars of the classes that are reachable by references from class to
 * class. A folder or jar is taken whole, so that its resources, and classes that are found by name, come along.
 */
final class ReferencedCode {
    private static final List<String> OF_CLIENT =
            List.of("io/minimalcluster/client/", "io/minimalcluster/model/", "io/minimalcluster/task/");
    private static final List<String> OF_THE_PLATFORM = List.of("java/", "jdk/", "sun/");
    private static final Pattern NAME_IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+)[;<]");

    private final @Nullable ClassLoader loader;
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<Path> places = new LinkedHashSet<>();
    private final SortedMap<String, byte[]> loose = new TreeMap<>();
    private final SortedMap<String, byte[]> ofClient = new TreeMap<>();

    private ReferencedCode(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** Finds the code of classes and of all classes that they refer to. */
    static ReferencedCode of(Collection<Class<?>> roots) {
        ClassLoader found = roots.stream()
                .map(Class::getClassLoader)
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
        ReferencedCode code = new ReferencedCode(found);
        roots.forEach(root -> code.add(root.getName().replace('.', '/')));
        while (!code.open.isEmpty()) {
            code.visit(code.open.remove());
        }
        return code;
    }

    /** The folders and jars, in the order in which they were found. */
    Set<Path> places() {
        return places;
    }

    /** Classes that are in no folder or jar of their own, such as those of jshell. */
    SortedMap<String, byte[]> loose() {
        return loose;
    }

    /**
     * The classes of this client that are mentioned. The JVM loads some of them when it verifies a class that calls a
     * cluster, though a task does not.
     */
    SortedMap<String, byte[]> ofClient() {
        return ofClient;
    }

    private void add(String name) {
        if (OF_THE_PLATFORM.stream().noneMatch(name::startsWith) && seen.add(name)) {
            open.add(name);
        }
    }

    private void visit(String name) {
        String file = name + ".class";
        URL url = loader == null ? ClassLoader.getSystemResource(file) : loader.getResource(file);
        if (url == null || url.getProtocol().equals("jrt")) {
            return; // an optional dependency, or a class of the platform
        }
        byte[] bytes = bytes(url);
        ClassModel model = ClassFile.of().parse(bytes);
        if (OF_CLIENT.stream().anyMatch(name::startsWith)) {
            ofClient.put(file, bytes);
            model.superclass().ifPresent(type -> add(type.asInternalName()));
            model.interfaces().forEach(type -> add(type.asInternalName()));
            return;
        }
        place(url, file, bytes);
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> addType(type.asInternalName());
                case Utf8Entry text when text.stringValue().indexOf(';') > 0 -> addNames(text.stringValue());
                default -> {}
            }
        }
    }

    private void addType(String name) {
        if (name.startsWith("[")) {
            addNames(name);
        } else {
            add(name);
        }
    }

    /** Adds the types in a descriptor or signature. Other texts that look like one do no harm. */
    private void addNames(String text) {
        Matcher names = NAME_IN_DESCRIPTOR.matcher(text);
        while (names.find()) {
            add(names.group(1));
        }
    }

    private void place(URL url, String file, byte[] bytes) {
        String text = url.toString();
        try {
            if (url.getProtocol().equals("file") && text.endsWith("/" + file)) {
                places.add(Path.of(new URI(text.substring(0, text.length() - file.length()))));
            } else if (text.startsWith("jar:file:") && text.endsWith(".jar!/" + file)) {
                places.add(Path.of(new URI(text.substring("jar:".length(), text.length() - file.length() - 2))));
            } else {
                loose.put(file, bytes);
            }
        } catch (URISyntaxException e) {
            throw new FunctionRefusedException("the code in " + url + " can't be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(URL url) {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
