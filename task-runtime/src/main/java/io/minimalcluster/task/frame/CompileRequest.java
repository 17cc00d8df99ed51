package io.minimalcluster.task.frame;

import java.util.List;
import java.util.Map;

/**
 * What to compile.
 *
 * @param sources by file name
 * @param libraries in the order of the class path
 * @param resources their names alone: what is in them is no concern of a compiler
 */
public record CompileRequest(Map<String, String> sources, List<Library> libraries, List<String> resources) {
    /** Sources with nothing beside them. */
    public CompileRequest(Map<String, String> sources) {
        this(sources, List.of(), List.of());
    }

    /**
     * A jar.
     *
     * @param name as it was posted
     * @param file where it is, as the compiler sees it
     */
    public record Library(String name, String file) {}
}
