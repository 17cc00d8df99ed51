package io.minimalcluster.client;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.Cause;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.job.TaskCounts;
import io.minimalcluster.model.job.TaskDetails;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A job of {@link FakeMaster}. It is half done at the second read of its state, and done at the third. */
final class FakeJob {
    private static final TaskError ERROR = new TaskError(
            ErrorKind.EXCEPTION,
            "java.lang.ArithmeticException",
            "odd\nlike 1",
            List.of("Main.half(Main.java:3)", "Caused by: java.io.IOException"),
            1);

    private final JobId id;
    private final EnvironmentId environment;
    private final TargetFunction method;
    private final String owner;
    private final JobOptions options;
    private final List<Long> arguments;
    private JobState state = JobState.QUEUED;
    private int reads;
    private final CompletableFuture<JobId> cancellation = new CompletableFuture<>();

    FakeJob(JobId id, FakeCode.Target target, JsonNode posted, String owner) {
        JsonNode arguments = posted.get("args");
        this.options = FakeExchange.JSON.convertValue(
                posted.has("options") ? posted.get("options") : FakeExchange.JSON.createObjectNode(), JobOptions.class);
        this.owner = owner;
        this.id = id;
        this.environment = target.environment();
        this.method = target.function();
        this.arguments = arguments.isArray() ? listed(arguments) : ranged(arguments.get("range"));
        if (this.arguments.isEmpty()) {
            state = JobState.SUCCEEDED;
        }
    }

    JobId id() {
        return id;
    }

    /** Completes when the job is cancelled. */
    CompletableFuture<JobId> cancellation() {
        return cancellation;
    }

    synchronized Job advance() {
        if (!state.isTerminal() && state != JobState.PAUSED) {
            reads++;
            boolean succeeds = failed(arguments.size()) == 0 && !isOverflow();
            state = reads < 2 ? JobState.RUNNING : succeeds ? JobState.SUCCEEDED : JobState.FAILED;
        }
        return view();
    }

    synchronized Job cancelled() {
        state = JobState.CANCELLED;
        cancellation.complete(id);
        return view();
    }

    synchronized Job moveTo(JobState to) {
        state = to;
        reads = 0;
        return view();
    }

    Explanation explanation() {
        return new Explanation(
                id,
                view().state(),
                Cause.BEHIND_OTHERS,
                "waits for a free slot: all 4 are taken",
                view().tasks(),
                new Explanation.Workers(2, 1, 0, 0, 4, 4),
                Map.of("gpu", "yes"),
                false,
                List.of(new Explanation.Ahead(new JobId("job-0"), 9, JobState.RUNNING, 1234)),
                2);
    }

    String events() {
        return "retry: 2000\n\nid: 1\nevent: progress\ndata: {\"tasks\":{\"total\":2}}\n\n: keep-alive\n\n"
                + "id: 2\nevent: state\ndata: {\"state\":\"" + view().state() + "\"}\n\n";
    }

    synchronized String valueMap() {
        return IntStream.range(0, arguments.size())
                .mapToObj(index -> "\"" + arguments.get(index) + "\":" + (succeeds(index) ? value(index) : "null"))
                .collect(Collectors.joining(",", "{", "}"));
    }

    synchronized Job view() {
        int total = arguments.size();
        int ended = ended();
        long cancelled = state == JobState.CANCELLED ? total - ended : 0;
        TaskCounts tasks =
                new TaskCounts(total, total - ended - cancelled, 0, ended - failed(ended), failed(ended), cancelled);
        return new Job(
                id,
                options.name(),
                null,
                method.signature(),
                environment,
                state,
                reason(),
                tasks,
                state == JobState.RUNNING ? 250.0 : 0,
                null,
                FakeMaster.NOW,
                FakeMaster.NOW,
                state.isTerminal() ? FakeMaster.NOW.plusSeconds(2) : null,
                owner,
                options,
                options.reduce() != null && state == JobState.SUCCEEDED ? new RawJson(reduced()) : null);
    }

    private @Nullable String reason() {
        if (state == JobState.FAILED && isOverflow()) {
            return "reduce overflow(long,long) failed: java.lang.ArithmeticException: long overflow";
        }
        return state == JobState.QUEUED ? "no worker has a free slot" : null;
    }

    /** Whether the job is reduced by a method that throws. */
    private boolean isOverflow() {
        return "overflow".equals(options.reduce());
    }

    synchronized TaskDetails task(int index) {
        boolean ended = index < ended();
        return new TaskDetails(
                index,
                !ended ? TaskState.PENDING : succeeds(index) ? TaskState.SUCCEEDED : TaskState.FAILED,
                new RawJson(Long.toString(arguments.get(index))),
                ended && succeeds(index) ? new RawJson(value(index)) : null,
                ended && !succeeds(index) ? ERROR : null,
                1,
                new WorkerId("worker-1"),
                null,
                ended ? FakeMaster.NOW : null,
                ended ? 0.0125 : null,
                ended ? "task " + index + " begins\nand \033[31mends" : null,
                index == 3);
    }

    /** The values reduced by a built-in, or by the method {@code add}. */
    private String reduced() {
        LongSummaryStatistics values = IntStream.range(0, arguments.size())
                .mapToLong(index -> Long.parseLong(value(index)))
                .summaryStatistics();
        String by = String.valueOf(options.reduce());
        return switch (by) {
            case "sum" -> Long.toString(values.getSum());
            case "count" -> Long.toString(values.getCount());
            default ->
                arguments.isEmpty()
                        ? "null"
                        : switch (by) {
                            case "min" -> Long.toString(values.getMin());
                            case "max" -> Long.toString(values.getMax());
                            case "mean" -> Double.toString(values.getAverage());
                            default -> Long.toString(values.getSum());
                        };
        };
    }

    synchronized String values() {
        return IntStream.range(0, arguments.size())
                .mapToObj(index -> index < ended() && succeeds(index) ? value(index) : "null")
                .collect(Collectors.joining(",", "[", "]"));
    }

    synchronized Stream<String> resultLines(boolean args) {
        return IntStream.range(0, ended()).mapToObj(index -> resultLine(index, args)).toList().stream();
    }

    /** A line for each task, of which a cancelled job has ended the first half only. */
    synchronized Stream<String> cancelledLines() {
        int first = state == JobState.CANCELLED ? ended() : arguments.size();
        return IntStream.range(0, arguments.size())
                .mapToObj(index -> index < first ? "" : "{\"index\":" + index + ",\"state\":\"cancelled\"}\n")
                .toList()
                .stream();
    }

    private String resultLine(int index, boolean args) {
        String argument = args ? ",\"argument\":" + arguments.get(index) : "";
        return "{\"index\":" + index + argument + (succeeds(index) ? ",\"value\":" + value(index) : """
                ,"error":{"kind":"exception","type":"java.lang.ArithmeticException","message":"odd",\
                "stackTrace":["Main.half(Main.java:3)"],"attempts":1}""") + "}\n";
    }

    private int ended() {
        return switch (state) {
            case QUEUED -> 0;
            case RUNNING, PAUSED, CANCELLED -> arguments.size() / 2;
            case SUCCEEDED, FAILED -> arguments.size();
        };
    }

    private boolean succeeds(int index) {
        return !method.name().equals("half") || arguments.get(index) % 2 == 0;
    }

    private String value(int index) {
        long x = arguments.get(index);
        return switch (method.name()) {
            case "square" -> Long.toString(x * x);
            case "half" -> Long.toString(x / 2);
            case "decimals" -> "[-0.0,1.0E308,0.10]";
            default -> "{\"name\":\"a \\\"" + x + "\\\", b\",\"x\":" + x + "}";
        };
    }

    private long failed(int ended) {
        return IntStream.range(0, ended).filter(index -> !succeeds(index)).count();
    }

    private static List<Long> listed(JsonNode array) {
        List<Long> arguments = new ArrayList<>();
        array.forEach(argument -> arguments.add(argument.asLong()));
        return arguments;
    }

    private static List<Long> ranged(JsonNode range) {
        return LongStream.range(range.get("from").asLong(), range.get("to").asLong())
                .boxed()
                .toList();
    }
}
