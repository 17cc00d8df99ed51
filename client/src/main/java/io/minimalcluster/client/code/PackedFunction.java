package io.minimalcluster.client.code;

import io.minimalcluster.client.json.ValueMapper;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A method reference, a lambda or a record, prepared for a cluster: its types, its captured values and its code. */
public final class PackedFunction {
    private final FunctionReference function;
    private final BridgeTypes types;
    private final Map<String, @Nullable Object> captured;
    private final BridgeClass bridge;

    private PackedFunction(FunctionReference function, BridgeTypes types) {
        this.function = function;
        this.types = types;
        this.captured = CapturedValues.of(function, types.captured());
        this.bridge = new BridgeClass(function, types, "_Remote");
    }

    /**
     * Prepares a function.
     *
     * @param argument the type of its argument; null to use that of the method
     * @param result the type of its value; null to use that of the method
     * @throws FunctionRefusedException if it cannot be sent
     */
    public static PackedFunction of(Serializable function, @Nullable Type argument, @Nullable Type result) {
        FunctionReference given = FunctionReference.of(function);
        FunctionReference reference = argument == null ? given.unwrapped() : given;
        SessionVariables.refuse(reference);
        return new PackedFunction(reference, BridgeTypes.of(reference, argument, result));
    }

    /** Identifies the code: functions with the same key differ in their captured values only. */
    public Object key() {
        return List.of(function.caller(), function.owner(), function.name(), function.descriptor(), types.toString());
    }

    /** The name for lists of jobs, such as {@code Main::square}. */
    public String name() {
        return function.text();
    }

    /** The type of the argument. For a function without one, that of the captured values as an object. */
    public Type argument() {
        return types.arguments().isEmpty() ? Map.class : types.arguments().getFirst();
    }

    public Type result() {
        return types.result();
    }

    /** The captured values as the argument of a function without arguments. */
    public Map<String, @Nullable Object> captured() {
        return captured;
    }

    /** The captured values as the JSON of a shared value; null for none. */
    public @Nullable String shared() {
        return captured.isEmpty() ? null : ValueMapper.text(captured);
    }

    /** The class that declares the target function. */
    public String target() {
        return bridge.binaryName();
    }

    /**
     * Reads the code of the function and packs it as compiled classes with libraries.
     *
     * @param libraries further jars or folders of classes
     */
    public EnvironmentForm form(List<Path> libraries) {
        return form(libraries, bridge.files(), Set.of());
    }

    /** As {@link #form(List)}, with the code of an operator that reduces the values of the function. */
    public EnvironmentForm form(PackedOperator operator, List<Path> libraries) {
        SortedMap<String, byte[]> generated = bridge.files();
        generated.putAll(operator.files());
        return form(libraries, generated, operator.roots());
    }

    private EnvironmentForm form(
            List<Path> libraries, SortedMap<String, byte[]> generated, Set<Class<?>> furtherRoots) {
        Set<Class<?>> roots = new LinkedHashSet<>(List.of(function.caller(), function.owner()));
        roots.addAll(furtherRoots);
        roots.add(GenericTypes.erasure(argument()));
        roots.add(GenericTypes.erasure(result()));
        roots.removeIf(type -> type.isArray() || type.isPrimitive());
        ReferencedCode code = ReferencedCode.of(roots);
        EnvironmentForm form = EnvironmentForm.ofClasses("function.jar", JarFiles.of(generated));
        SortedMap<String, byte[]> loose = new TreeMap<>(code.loose());
        loose.putAll(code.ofClient());
        if (!loose.isEmpty()) {
            form.library(fileName(0, "classes.jar"), JarFiles.of(loose));
        }
        Set<Path> places = new LinkedHashSet<>(code.places());
        libraries.forEach(library -> places.add(library.toAbsolutePath().normalize()));
        List<Path> ordered = new ArrayList<>(places);
        for (int at = 0; at < ordered.size(); at++) {
            Path place = ordered.get(at);
            boolean isFolder = Files.isDirectory(place);
            form.library(
                    fileName(at + 1, isFolder ? "classes.jar" : String.valueOf(place.getFileName())),
                    isFolder ? JarFiles.of(place) : bytes(place));
        }
        return form;
    }

    /** A name that keeps the order of the class path. */
    private static String fileName(int place, String name) {
        return "%03d-%s".formatted(place, name);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
