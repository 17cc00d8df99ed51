package io.minimalcluster.task.frame;

import java.util.List;

/**
 * Binds an executor to a target function.
 *
 * @param bundle the file of the bundle, as the executor sees it
 * @param libraries the files of its libraries, in the order of the class path
 * @param method the signature of the target function, see {@code TargetFunction}
 * @param maxResultBytes a value that is longer fails its task with {@code result-too-large}
 * @param maxOutputBytes what of a task's output is kept
 */
public record Load(String bundle, List<String> libraries, String method, int maxResultBytes, int maxOutputBytes) {
    public Load {
        libraries = List.copyOf(libraries);
    }
}
