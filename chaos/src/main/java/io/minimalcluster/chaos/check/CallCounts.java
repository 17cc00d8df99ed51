package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The number of client calls by outcome. A run with mostly unknown calls shows little.
 *
 * @param ended the number of jobs that had ended in the final state
 */
public record CallCounts(long done, long refused, long unknown, long ended) {
    /** Operations that are no calls, or whose outcome is never known. */
    private static final Set<Operation> EXCLUDED =
            Set.of(Operation.VANISH, Operation.RESOURCES, Operation.FAULT, Operation.LIST);

    public static CallCounts of(List<RecordedCall> calls) {
        return new CallCounts(
                count(calls, Phase.OK), count(calls, Phase.FAIL), count(calls, Phase.UNKNOWN), ended(calls));
    }

    private static long count(List<RecordedCall> calls, Phase phase) {
        return calls.stream()
                .filter(call -> call.phase() == phase && !EXCLUDED.contains(call.operation()) && !isFollowed(call))
                .count();
    }

    private static long ended(List<RecordedCall> calls) {
        return calls.stream()
                .filter(call -> call.operation() == Operation.LIST)
                .flatMap(list -> list.response().path("jobs").valueStream())
                .filter(JobChecks::isEnd)
                .count();
    }

    /** Whether the call followed a stream. Its end by the reader leaves nothing unknown. */
    private static boolean isFollowed(RecordedCall call) {
        return call.operation() == Operation.FOLLOW && call.response().has("lines");
    }

    public long all() {
        return done + refused + unknown;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "calls: %,d, successful %,d, rejected %,d, unknown %,d (%.1f %%); finished jobs: %,d",
                all(),
                done,
                refused,
                unknown,
                all() == 0 ? 0 : 100.0 * unknown / all(),
                ended);
    }
}
