package io.minimalcluster.client.cli.cluster;

import io.minimalcluster.client.cli.option.Screen;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.client.cli.output.Style;
import io.minimalcluster.client.cli.output.Table;
import io.minimalcluster.client.cli.output.WorkerTableRow;
import io.minimalcluster.model.cluster.ClusterView;
import io.minimalcluster.model.job.Job;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Formats a view of a cluster. On a terminal it fits the width. */
record TopView(URI master, Screen screen, boolean colour) {
    private static final int BAR_WIDTH = 30;
    private static final int PROGRESS_WIDTH = 10;
    private static final List<String> JOB_HEADS =
            List.of("JOB", "STATE", "PROGRESS", "FAILED", "RATE", "LEFT", "FUNCTION");
    /** Lines of a screen that are not rows of a table. */
    private static final int OTHER_LINES = 8;

    List<String> lines(ClusterSnapshot seen) {
        Instant now = Instant.now();
        List<String> lines = new ArrayList<>(summary(seen.cluster()));
        int room = Math.max(2, screen.rows() - OTHER_LINES);
        int forWorkers = Math.clamp(
                seen.workers().size(),
                1,
                Math.max(1, room - Math.min(room / 2, seen.jobs().size())));
        lines.add("");
        lines.addAll(table(
                WorkerTableRow.HEADS,
                seen.workers().stream()
                        .limit(forWorkers)
                        .map(worker -> WorkerTableRow.of(worker, now))
                        .toList()));
        lines.add("");
        lines.addAll(table(
                JOB_HEADS,
                seen.jobs().stream()
                        .limit(room - forWorkers)
                        .map(job -> row(job, now))
                        .toList()));
        return lines;
    }

    /** The last view with the reason why there is no newer one. */
    static List<String> withoutAnswer(List<String> last, String reason) {
        return Stream.concat(Stream.of(reason), last.stream().skip(1)).toList();
    }

    private List<String> table(List<String> heads, List<List<String>> rows) {
        return new Table(screen.output() ? screen.columns() : Table.UNLIMITED, colour).lines(heads, rows);
    }

    private List<String> summary(ClusterView cluster) {
        return List.of(
                bold("minimalcluster") + " at " + master,
                "slots  " + ProgressFormatter.bar(cluster.busySlots(), Math.max(1, cluster.slots()), BAR_WIDTH) + "  "
                        + cluster.busySlots() + " of " + cluster.slots() + " busy, "
                        + ProgressFormatter.counted(cluster.workers(), "worker"),
                "tasks  " + ProgressFormatter.rate(cluster.throughput()) + ", "
                        + ProgressFormatter.count(cluster.tasks().running()) + " running, "
                        + ProgressFormatter.count(cluster.tasks().pending()) + " pending",
                "jobs   " + cluster.jobs().running() + " running, "
                        + cluster.jobs().queued() + " queued, "
                        + cluster.jobs().paused() + " paused, " + cluster.jobs().succeeded() + " succeeded, "
                        + cluster.jobs().failed() + " failed");
    }

    private String bold(String text) {
        return colour ? Style.BOLD.on(text) : text;
    }

    private static List<String> row(Job job, Instant now) {
        boolean ended = job.state().isTerminal();
        long done = ProgressFormatter.ended(job.tasks());
        long total = job.tasks().total();
        Double left = job.etaSeconds();
        return List.of(
                job.id().value(),
                job.state().name(),
                "%5s %s"
                        .formatted(
                                ProgressFormatter.percent(job.tasks()),
                                ProgressFormatter.bar(done, total, PROGRESS_WIDTH)),
                ProgressFormatter.count(job.tasks().failed()),
                ended ? "" : ProgressFormatter.rate(job.throughput()),
                ended || left == null ? "" : ProgressFormatter.age(now, now.plusSeconds(left.longValue())),
                job.function() == null ? job.method().replaceFirst("\\(.*", "") : job.function());
    }
}
