package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.model.EnvironmentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tasks at the positions 0 to {@code count - 1}.
 *
 * @param scope an executor that served one scope never serves another
 * @param bundle the code of the environment
 * @param libraries on the class path behind the bundle
 * @param method the signature of the target function
 * @param from the argument of position 0 of a range; null where there are arguments
 * @param step what the argument of a range grows by
 * @param args a JSON array of {@code count} arguments; empty for a range
 * @param taskTimeout how long one task may run; zero for ever
 * @param maxResultBytes a longer result fails its task
 * @param network whether tasks may reach others
 * @param fold whether a task is an array, over which the function of two is folded
 * @param shared what the function's last parameter is given; null where each task brings all its arguments
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
