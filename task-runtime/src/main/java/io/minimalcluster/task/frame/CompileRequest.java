package io.minimalcluster.task.frame;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a COMPILE frame.
 *
 * @param main compiled classes in place of sources; null for sources
 * @param sources the texts by file name
 * @param libraries in the order of the class path
 * @param resources names only, because the compiler does not read resources
 */
public record CompileRequest(
        @Nullable Library main, Map<String, String> sources, List<Library> libraries, List<String> resources) {
    /** A request of sources. */
    public CompileRequest(Map<String, String> sources, List<Library> libraries, List<String> resources) {
        this(null, sources, libraries, resources);
    }

    /** A request without libraries and resources. */
    public CompileRequest(Map<String, String> sources) {
        this(sources, List.of(), List.of());
    }

    /**
     * A jar.
     *
     * @param name the posted name
     * @param file the path as seen by the compiler
     */
    public record Library(String name, String file) {}
}
