package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Calls;
import io.minimalcluster.chaos.load.Recorder;
import java.util.List;

/**
 * Everything that is measured of how things go on after a fault.
 *
 * @param polls of workers, after the master was killed
 * @param answers the same, after its database was killed
 * @param moves of tasks, after their worker was killed
 */
public record Recovery(PollProbe polls, PollProbe answers, MovedTasks moves) {
    /** Measures with calls of a worker, and with jobs that are part of the history. */
    public static Recovery of(Calls asWorker, Recorder recorder) {
        return new Recovery(
                new PollProbe(asWorker, new Times("master killed until polls are answered again")),
                new PollProbe(asWorker, new Times("PostgreSQL killed until polls are answered again")),
                new MovedTasks(recorder, new Times("worker killed until its tasks run elsewhere")));
    }

    /** A line for each. */
    public List<String> lines() {
        return List.of(
                moves.times().toString(),
                polls.times().toString(),
                answers.times().toString());
    }
}
