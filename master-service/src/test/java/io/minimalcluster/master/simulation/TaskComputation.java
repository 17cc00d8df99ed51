package io.minimalcluster.master.simulation;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.simulation.PartInFlight.Result;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What comes of tasks: a number that no other run of any task gives, or one of many failures. */
final class TaskComputation {
    private static final int GOOD_OF = 10;
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

    PartInFlight part(WorkerId worker, SimulatedLease lease, int first, int end, boolean done, boolean folds) {
        Long micros = random.nextBoolean() ? (long) random.nextInt(1_000_000) : null;
        List<Result> results = new ArrayList<>();
        for (int index = first; index < end; index++) {
            boolean isGood = random.nextInt(GOOD_OF) > 0;
            results.add(lease.computed().computeIfAbsent(index, of -> isGood ? good(lease, of, folds) : bad()));
        }
        return new PartInFlight(worker, lease, first, results, micros, done);
    }

    /** All of a lease, as it should be. */
    PartInFlight good(WorkerId worker, SimulatedLease lease, boolean folds) {
        List<Result> results = new ArrayList<>();
        for (int index = lease.first(); index < lease.last(); index++) {
            results.add(good(lease, index, folds));
        }
        return new PartInFlight(worker, lease, lease.first(), results, 1000L, true);
    }

    private Result good(SimulatedLease lease, int index, boolean folds) {
        return new Result(folds ? fold(lease.lease().jobSeq(), index) : "" + ++numbers, null, "");
    }

    private Result bad() {
        ErrorKind kind = KINDS.get(random.nextInt(KINDS.size()));
        return new Result("" + ++numbers, kind, random.nextBoolean() ? "Boom" : "Bang");
    }

    /** What the function that adds makes of the argument, a list of numbers. */
    private String fold(long job, int index) {
        return store.read(sql -> sql.sql(ARGUMENTS)
                .param("job", job)
                .param("index", index)
                .query((row, number) -> new Segment(
                        row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")))
                .optional()
                .filter(segment -> index < segment.end())
                .map(segment -> sum(new String(segment.value(index), StandardCharsets.UTF_8)))
                .orElse("0")); // it was deleted, or there is no such task
    }

    private static String sum(String numbers) {
        long sum = 0;
        for (JsonNode number : JsonMapper.shared().readTree(numbers)) {
            sum += number.asLong();
        }
        return "" + sum;
    }
}
