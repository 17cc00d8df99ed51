package io.minimalcluster.chaos.check;

import static io.minimalcluster.chaos.check.HistoryBuilder.counts;
import static io.minimalcluster.chaos.check.HistoryBuilder.lines;
import static io.minimalcluster.chaos.check.HistoryBuilder.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.JobRequest;
import io.minimalcluster.chaos.job.TaskBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    private static final JobRequest CALM = order("calm", TaskBehaviour.CALM, 5, true);
    private static final JobRequest CRASHES = order("crashes", TaskBehaviour.CRASHES, 10, false);

    private final HistoryBuilder history = new HistoryBuilder();

    private static void assertViolated(Finding finding, String words) {
        assertThat(finding.violations()).singleElement().asString().contains(words);
    }

    private static void assertClean(Finding finding) {
        assertThat(finding.violations()).isEmpty();
    }

    /** A history of a job without violations, up to the final state. */
    private HistoryBuilder completeRun(JobRequest order, String id) {
        List<ResultLine> lines = lines(order);
        long failed =
                lines.stream().filter(line -> !line.kind().equals("value")).count();
        Map<String, Object> tasks = counts(order.total(), order.total() - failed, failed);
        String state = failed == 0 ? "SUCCEEDED" : "FAILED";
        return history.resources(40, List.of())
                .posted(order, Phase.OK, id)
                .seen(id, "RUNNING", counts(order.total(), 2, 0))
                .read("c", id, 1, lines.subList(1, 3))
                .seen(id, state, tasks)
                .listed(order, id, state, tasks)
                .read(JobHistories.LAST, id, 0, lines)
                .values(id, HistoryBuilder.valuesOf(order))
                .call("c", Operation.PROBE, Phase.FAIL, Map.of(), Map.of("status", 401))
                .resources(60, List.of());
    }

    @Test
    void runWithoutViolationIsClean() {
        completeRun(CRASHES, "job-1");

        Verdict verdict = Verdict.of(history.calls());

        assertThat(verdict.findings()).allSatisfy(finding -> {
            assertClean(finding);
            assertThat(finding.checked()).isPositive();
        });
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.findings().stream().map(Finding::invariant)).containsExactly(Invariant.values());
        assertThat(verdict.toString()).contains("I3 one outcome per task");
    }

    @Test
    void missingAcceptedJobIsAViolation() {
        history.posted(CALM, Phase.OK, "job-1").listedNothing();
        assertViolated(history.of(Invariant.I1), "does not exist");
    }

    @Test
    void acceptedJobWithMissingTasksIsAViolation() {
        history.posted(CALM, Phase.OK, "job-1").listed(CALM, "job-1", "SUCCEEDED", counts(4, 4, 0));
        assertViolated(history.of(Invariant.I1), "4 tasks of 5");
    }

    @Test
    void deletedJobThatExistsIsAViolation() {
        history.posted(CALM, Phase.OK, "job-1").change(Operation.DELETE, "job-1");
        assertClean(new HistoryBuilder()
                .posted(CALM, Phase.OK, "job-1")
                .change(Operation.DELETE, "job-1")
                .listedNothing()
                .of(Invariant.I1));
        assertViolated(
                history.listed(CALM, "job-1", "SUCCEEDED", counts(5, 5, 0)).of(Invariant.I1), "was deleted but exists");
    }

    @Test
    void readOfADeletedJobIsAViolation() {
        assertViolated(
                history.posted(CALM, Phase.OK, "job-1")
                        .change(Operation.DELETE, "job-1")
                        .seen("job-1", "SUCCEEDED", counts(5, 5, 0))
                        .listedNothing()
                        .of(Invariant.I1),
                "was deleted but was read later");
    }

    @Test
    void interruptedRunOmitsChecksOfTheFinalState() {
        history.posted(CALM, Phase.OK, "job-1").seen("job-1", "RUNNING", counts(5, 2, 0));
        assertThat(Verdict.of(history.calls()).isClean()).isFalse();
        assertThat(Verdict.soFar(history.calls()).isClean()).isTrue();
        history.seen("job-1", "RUNNING", counts(5, 1, 0));
        Verdict soFar = Verdict.soFar(history.calls());
        assertViolated(soFar.of(Invariant.I2), "of 2 successes 1 are left");
        assertThat(soFar.findings().stream().map(Finding::invariant))
                .doesNotContain(Invariant.I1, Invariant.I6, Invariant.I10);
    }

    @Test
    void runWithoutFinalStateIsNotClean() {
        assertViolated(history.posted(CALM, Phase.UNKNOWN, "").of(Invariant.I1), "never listed");
    }

    @Test
    void unknownPostMayHaveCreatedAJob() {
        history.posted(CALM, Phase.UNKNOWN, "");
        history.listedNothing();
        assertClean(history.of(Invariant.I1));
        assertClean(history.of(Invariant.I12));
        assertClean(new HistoryBuilder()
                .posted(CALM, Phase.UNKNOWN, "")
                .listed(CALM, "job-1", "SUCCEEDED", counts(5, 5, 0))
                .of(Invariant.I12));
    }

    @Test
    void decreasingSuccessesAreAViolation() {
        history.posted(CALM, Phase.OK, "job-1")
                .seen("job-1", "RUNNING", counts(5, 3, 0))
                .seen("job-1", "RUNNING", counts(5, 2, 0));
        assertViolated(history.of(Invariant.I2), "of 3 successes 2 are left");
    }

    @Test
    void wrongByteInTheValuesIsAViolation() {
        history.posted(CALM, Phase.OK, "job-1")
                .read(JobHistories.LAST, "job-1", 0, lines(CALM))
                .values("job-1", HistoryBuilder.valuesOf(CALM).replaceFirst("[0-9]", "z"));
        assertViolated(history.of(Invariant.I2), "not the expected ones");
    }

    @Test
    void missingResultsAreAViolation() {
        history.posted(CALM, Phase.OK, "job-1")
                .read("c", "job-1", 0, lines(CALM))
                .read(JobHistories.LAST, "job-1", 0, lines(CALM).subList(0, 4));
        assertViolated(history.of(Invariant.I2), "are missing");
    }

    @Test
    void changedLogIsAViolation() {
        List<ResultLine> swapped = new ArrayList<>(lines(CALM));
        swapped.set(1, new ResultLine(1, "exception", "0"));
        history.posted(CALM, Phase.OK, "job-1")
                .read("c", "job-1", 0, lines(CALM))
                .read("c", "job-1", 1, swapped.subList(1, 2));
        assertViolated(history.of(Invariant.I3), "line 1 of job-1 changed");
    }

    @Test
    void secondOutcomeIsAViolation() {
        List<ResultLine> twice = new ArrayList<>(lines(CALM));
        twice.add(twice.getFirst());
        history.posted(CALM, Phase.OK, "job-1").read(JobHistories.LAST, "job-1", 0, twice);
        assertViolated(history.of(Invariant.I3), "another outcome");
    }

    @Test
    void retryMayReplaceAnErrorButNoValue() {
        List<ResultLine> again = new ArrayList<>(lines(CRASHES));
        again.add(again.get(7));
        assertClean(new HistoryBuilder()
                .posted(CRASHES, Phase.OK, "job-1")
                .change(Operation.RETRY, "job-1")
                .read(JobHistories.LAST, "job-1", 0, again)
                .of(Invariant.I3));
        again.set(10, again.getFirst());
        history.posted(CRASHES, Phase.OK, "job-1")
                .change(Operation.RETRY, "job-1")
                .read(JobHistories.LAST, "job-1", 0, again);
        assertViolated(history.of(Invariant.I3), "another outcome");
    }

    @Test
    void missingOutcomeIsAViolationUnlessCancelled() {
        history.posted(CALM, Phase.OK, "job-1")
                .read(JobHistories.LAST, "job-1", 0, lines(CALM).subList(0, 3));
        assertViolated(history.of(Invariant.I3), "3 outcomes of 5 tasks");
        assertClean(history.change(Operation.CANCEL, "job-1").of(Invariant.I3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "exception", "lost"})
    void wrongOutcomeIsAViolation(String kind) {
        List<ResultLine> wrong = new ArrayList<>(lines(CALM));
        wrong.set(2, new ResultLine(2, kind, "0"));
        history.posted(CALM, Phase.OK, "job-1").read(JobHistories.LAST, "job-1", 0, wrong);
        assertViolated(history.of(Invariant.I3), "task 2 of [job-1]");
    }

    @Test
    void unknownIndexIsAViolation() {
        List<ResultLine> wrong = new ArrayList<>(lines(CALM));
        wrong.set(4, new ResultLine(5, "value", "0"));
        history.posted(CALM, Phase.OK, "job-1").read(JobHistories.LAST, "job-1", 0, wrong);
        assertViolated(history.of(Invariant.I3), "task 5 of [job-1]");
    }

    @Test
    void changedEndIsAViolationUnlessRetried() {
        Map<String, Object> tasks = counts(10, 9, 1);
        assertClean(new HistoryBuilder()
                .posted(CRASHES, Phase.OK, "job-1")
                .seen("job-1", "FAILED", tasks)
                .change(Operation.RETRY, "job-1")
                .seen("job-1", "RUNNING", tasks)
                .of(Invariant.I3));
        history.posted(CRASHES, Phase.OK, "job-1")
                .seen("job-1", "FAILED", tasks)
                .seen("job-1", "RUNNING", tasks);
        assertViolated(history.of(Invariant.I3), "FAILED became");
    }

    @Test
    void inconsistentTaskCountsAreAViolation() {
        Map<String, Object> tasks = new java.util.HashMap<>(counts(5, 3, 0));
        tasks.put("running", 1);
        history.posted(CALM, Phase.OK, "job-1").seen("job-1", "RUNNING", tasks);
        assertViolated(history.of(Invariant.I5), "do not add up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "RUNNING", "PAUSED"})
    void unfinishedJobIsAViolation(String state) {
        history.posted(CALM, Phase.OK, "job-1").listed(CALM, "job-1", state, counts(5, 3, 0));
        assertViolated(history.of(Invariant.I6), "has not ended");
    }

    @Test
    void unrequestedCancelIsAViolation() {
        history.posted(CALM, Phase.OK, "job-1").listed(CALM, "job-1", "CANCELLED", counts(5, 5, 0));
        assertViolated(history.of(Invariant.I6), "cancelled without a request");
    }

    @Test
    void poisonTaskWithoutCrashIsAViolation() {
        history.posted(CRASHES, Phase.OK, "job-1")
                .read(JobHistories.LAST, "job-1", 0, lines(CRASHES).subList(0, 7));
        assertViolated(history.of(Invariant.I7), "task 7 of [job-1]");
    }

    @Test
    void failureByAnotherPoisonTaskIsAViolation() {
        List<ResultLine> harmed = new ArrayList<>(lines(CRASHES));
        harmed.set(6, new ResultLine(6, "crash", "0"));
        history.posted(CRASHES, Phase.OK, "job-1").read(JobHistories.LAST, "job-1", 0, harmed);
        assertViolated(history.of(Invariant.I7), "task 6 of [job-1] is crash");
    }

    @Test
    void callsAreCountedByOutcome() {
        history.posted(CALM, Phase.OK, "job-1")
                .posted(CALM, Phase.FAIL, "")
                .posted(CALM, Phase.UNKNOWN, "")
                .call("c", Operation.VANISH, Phase.UNKNOWN, Map.of("name", "gone"), Map.of())
                .call("c", Operation.FOLLOW, Phase.UNKNOWN, Map.of("job", "job-1"), Map.of("lines", List.of()));
        assertThat(CallCounts.of(history.calls())).isEqualTo(new CallCounts(1, 1, 1, 0));
        assertThat(CallCounts.of(history.calls()))
                .hasToString("calls: 3, successful 1, rejected 1, unknown 1 (33.3 %); finished jobs: 0");
    }

    @Test
    void successWithoutAKeyIsAViolation() {
        history.call("c", Operation.PROBE, Phase.OK, Map.of(), Map.of("status", 200));
        assertViolated(history.of(Invariant.I9), "without a valid key");
    }

    @Test
    void orphansAndGrowthAreViolations() {
        assertViolated(
                new HistoryBuilder()
                        .resources(40, List.of())
                        .resources(40, List.of("4711 java"))
                        .of(Invariant.I10),
                "4711 java");
        assertViolated(
                history.resources(40, List.of()).resources(400, List.of()).of(Invariant.I10), "400 threads");
        assertViolated(new HistoryBuilder().resources(40, List.of()).of(Invariant.I10), "before and after");
    }

    @Test
    void twoJobsWithOneKeyAreAViolation() {
        history.posted(CALM, Phase.OK, "job-1").posted(CALM, Phase.OK, "job-2");
        assertViolated(history.of(Invariant.I11), "with one key became [job-1, job-2]");
    }

    @Test
    void postProcessedTwiceIsAViolation() {
        history.posted(CRASHES, Phase.OK, "job-1").listed(CRASHES, "job-2", "FAILED", counts(10, 9, 1));
        assertViolated(history.of(Invariant.I11), "posted 1 times");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void unspecificServerErrorIsAViolation(int status) {
        history.call("c", Operation.JOB, Phase.FAIL, Map.of("job", "job-1"), Map.of("status", status));
        assertViolated(history.of(Invariant.I12), "answered with " + status);
        assertClean(new HistoryBuilder()
                .call("c", Operation.JOB, Phase.FAIL, Map.of("job", "job-1"), Map.of("status", 503))
                .of(Invariant.I12));
    }

    @Test
    void rejectedJobThatExistsIsAViolation() {
        history.posted(CALM, Phase.FAIL, "").listed(CALM, "job-1", "SUCCEEDED", counts(5, 5, 0));
        assertViolated(history.of(Invariant.I12), "rejected but exists");
    }

    @Test
    void jobOfAnAbortedUploadIsAViolation() {
        history.call("c", Operation.VANISH, Phase.UNKNOWN, Map.of("name", "gone"), Map.of())
                .listed("gone", "job-1", "SUCCEEDED", counts(5, 5, 0));
        assertViolated(history.of(Invariant.I12), "unrequested job");
    }

    @ParameterizedTest
    @EnumSource
    void everyInvariantHasAFinding(Invariant invariant) {
        assertThat(history.of(invariant).invariant()).isEqualTo(invariant);
    }
}
