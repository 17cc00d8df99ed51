package io.minimalcluster.task.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds an executor to a target function.
 *
 * @param bundle the file of the bundle, as the executor sees it
 * @param libraries the files of its libraries, in the order of the class path
 * @param method the signature of the target function, see {@code TargetFunction}
 * @param fold whether a task is an array, over which the function of two is folded, from its first element on
 * @param shared names the value, which is the body of the frame, that is given to the last parameter; null where there
 *     is none
 * @param maxResultBytes a value that is longer fails its task with {@code result-too-large}
 * @param maxOutputBytes what of a task's output is kept
 */
public record LoadRequest(
        String bundle,
        List<String> libraries,
        String method,
        boolean fold,
        @Nullable String shared,
        int maxResultBytes,
        int maxOutputBytes) {
    public LoadRequest {
        libraries = List.copyOf(libraries);
    }

    /** One task, one call. */
    public LoadRequest(String bundle, List<String> libraries, String method, int maxResultBytes, int maxOutputBytes) {
        this(bundle, libraries, method, false, null, maxResultBytes, maxOutputBytes);
    }
}
