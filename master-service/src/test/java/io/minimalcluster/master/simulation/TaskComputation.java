package io.minimalcluster.master.simulation;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.simulation.PartInFlight.Result;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results of simulated tasks: a number that is unique per run, or a random failure. */
final class TaskComputation {
    private static final int FAILURE_ODDS = 10;
    private static final List<ErrorKind> KINDS = List.of(
            ErrorKind.EXCEPTION, ErrorKind.TIMEOUT, ErrorKind.CRASH, ErrorKind.OUT_OF_MEMORY, ErrorKind.ARGUMENT);
    private static final String ARGUMENTS = """
            select first, count, data, lengths from argument_segment where job_seq = :job and first <= :index
             order by first desc limit 1
            """;

    private final Store store;
    private final Random random;
    private int numbers;

    TaskComputation(Store store, Random random) {
        this.store = store;
        this.random = random;
    }

    PartInFlight part(WorkerId worker, SimulatedLease lease, int first, int end, boolean done, boolean reduces) {
        Long micros = random.nextBoolean() ? (long) random.nextInt(1_000_000) : null;
        List<Result> results = new ArrayList<>();
        for (int index = first; index < end; index++) {
            boolean succeeds = random.nextInt(FAILURE_ODDS) > 0;
            results.add(lease.computed()
                    .computeIfAbsent(index, of -> succeeds ? successful(lease, of, reduces) : failure()));
        }
        return new PartInFlight(worker, lease, first, results, micros, done, null);
    }

    /** A part with values for all tasks of a lease. */
    PartInFlight successful(WorkerId worker, SimulatedLease lease, boolean reduces) {
        List<Result> results = new ArrayList<>();
        for (int index = lease.first(); index < lease.last(); index++) {
            results.add(successful(lease, index, reduces));
        }
        return new PartInFlight(worker, lease, lease.first(), results, 1000L, true, null);
    }

    /** The refusal of a whole batch. */
    PartInFlight refused(WorkerId worker, SimulatedLease lease) {
        String reason = "reason " + ++numbers;
        Result failed = new Result("The batch was refused twice, last: " + reason, ErrorKind.CRASH, "");
        List<Result> results = Collections.nCopies(lease.last() - lease.first(), failed);
        return new PartInFlight(worker, lease, lease.first(), results, null, true, reason);
    }

    private Result successful(SimulatedLease lease, int index, boolean reduces) {
        return new Result(reduces ? reduce(lease.lease().jobSeq(), index) : "" + ++numbers, null, "");
    }

    private Result failure() {
        ErrorKind kind = KINDS.get(random.nextInt(KINDS.size()));
        return new Result("" + ++numbers, kind, random.nextBoolean() ? "Boom" : "Bang");
    }

    /** The result of the reduction function for the argument, which is an array of numbers. */
    private String reduce(long job, int index) {
        return store.read(sql -> sql.sql(ARGUMENTS)
                .param("job", job)
                .param("index", index)
                .query((row, number) -> new Segment(
                        row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")))
                .optional()
                .filter(segment -> index < segment.end())
                .map(segment -> sum(new String(segment.value(index), StandardCharsets.UTF_8)))
                .orElse("0")); // the job was deleted, or the task does not exist
    }

    private static String sum(String numbers) {
        long sum = 0;
        for (JsonNode number : JsonMapper.shared().readTree(numbers)) {
            sum += number.asLong();
        }
        return "" + sum;
    }
}
