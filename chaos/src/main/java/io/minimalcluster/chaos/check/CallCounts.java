package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many calls of clients were done, refused, or left unknown: a run in which most are unknown shows little.
 *
 * @param ended jobs that were there at the last look and had come to their end
 */
public record CallCounts(long done, long refused, long unknown, long ended) {
    /** What is no call, or is never answered. */
    private static final Set<Operation> OTHERS =
            Set.of(Operation.VANISH, Operation.RESOURCES, Operation.FAULT, Operation.LIST);

    public static CallCounts of(List<RecordedCall> calls) {
        return new CallCounts(
                count(calls, Phase.OK), count(calls, Phase.FAIL), count(calls, Phase.UNKNOWN), ended(calls));
    }

    private static long count(List<RecordedCall> calls, Phase phase) {
        return calls.stream()
                .filter(call -> call.phase() == phase && !OTHERS.contains(call.operation()) && !isFollowed(call))
                .count();
    }

    private static long ended(List<RecordedCall> calls) {
        return calls.stream()
                .filter(call -> call.operation() == Operation.LIST)
                .flatMap(list -> list.told().path("jobs").valueStream())
                .filter(ProgressCheck::isEnd)
                .count();
    }

    /** A stream that is followed ends when its reader has had enough, which leaves nothing unknown. */
    private static boolean isFollowed(RecordedCall call) {
        return call.operation() == Operation.FOLLOW && call.told().has("lines");
    }

    public long all() {
        return done + refused + unknown;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "calls: %,d, of which done %,d, refused %,d, unknown %,d (%.1f %%); jobs that came to their end: %,d",
                all(),
                done,
                refused,
                unknown,
                all() == 0 ? 0 : 100.0 * unknown / all(),
                ended);
    }
}
