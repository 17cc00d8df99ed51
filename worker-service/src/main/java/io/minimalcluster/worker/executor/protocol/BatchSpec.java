package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.model.EnvironmentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tasks at positions 0 to {@code count - 1} of a batch.
 *
 * @param scope an executor never runs tasks of two scopes
 * @param bundle the compiled code of the environment
 * @param libraries class path entries after the bundle
 * @param method the signature of the target function
 * @param from the argument of position 0 of a range; null if {@code args} holds the arguments
 * @param step the increment of a range
 * @param args a JSON array of {@code count} arguments; empty for a range
 * @param taskTimeout the timeout of one task; zero for none
 * @param maxResultBytes the longest result; a longer one fails its task
 * @param network whether tasks have network access
 * @param fold whether the argument of a task is an array that the binary function folds
 * @param shared the value of the function's last parameter; null if the job has no shared value
 */
public record BatchSpec(
        String scope,
        EnvironmentId environmentId,
        Path bundle,
        List<Path> libraries,
        String method,
        int count,
        @Nullable Long from,
        long step,
        byte[] args,
        Duration taskTimeout,
        int maxResultBytes,
        boolean network,
        boolean fold,
        @Nullable SharedValue shared) {
    public BatchSpec {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(environmentId, "environmentId");
        Objects.requireNonNull(bundle, "bundle");
        libraries = List.copyOf(libraries);
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(args, "args");
        if (count < 1 || maxResultBytes < 1 || taskTimeout.isNegative()) {
            throw new IllegalArgumentException("a batch of " + count + " tasks, each up to " + taskTimeout + " and "
                    + maxResultBytes + " bytes of result");
        }
    }
}
