package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How many calls of clients were done, refused, or left unknown: a run in which most are unknown shows little. */
public record CallCounts(long done, long refused, long unknown) {
    /** What is no call, or is never answered. */
    private static final Set<Operation> OTHERS =
            Set.of(Operation.VANISH, Operation.RESOURCES, Operation.FAULT, Operation.LIST);

    public static CallCounts of(List<Call> calls) {
        return new CallCounts(count(calls, Phase.OK), count(calls, Phase.FAIL), count(calls, Phase.UNKNOWN));
    }

    private static long count(List<Call> calls, Phase phase) {
        return calls.stream()
                .filter(call -> call.phase() == phase && !OTHERS.contains(call.operation()) && !isFollowed(call))
                .count();
    }

    /** A stream that is followed ends when its reader has had enough, which leaves nothing unknown. */
    private static boolean isFollowed(Call call) {
        return call.operation() == Operation.FOLLOW && call.told().has("lines");
    }

    public long all() {
        return done + refused + unknown;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "calls: %,d, of which done %,d, refused %,d, unknown %,d (%.1f %%)",
                all(),
                done,
                refused,
                unknown,
                all() == 0 ? 0 : 100.0 * unknown / all());
    }
}
