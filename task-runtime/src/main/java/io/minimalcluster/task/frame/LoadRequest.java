package io.minimalcluster.task.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a LOAD frame, which binds an executor to a target function.
 *
 * @param bundle the path of the bundle as seen by the executor
 * @param libraries the paths of the libraries in the order of the class path
 * @param method the signature of the target function, see {@code TargetFunction}
 * @param fold whether each argument is an array over which the function is folded from the left
 * @param shared the name of the shared value, which is the body of the frame; null without a shared value
 * @param maxResultBytes the maximum length of a value; a longer one fails its task with {@code result-too-large}
 * @param maxOutputBytes the maximum length of the output to keep per task
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

    /** A request without fold and shared value. */
    public LoadRequest(String bundle, List<String> libraries, String method, int maxResultBytes, int maxOutputBytes) {
        this(bundle, libraries, method, false, null, maxResultBytes, maxOutputBytes);
    }
}
