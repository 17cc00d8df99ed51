package io.minimalcluster.master.result.read;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.master.job.stream.OpenStreams;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the outcomes of a job in the form that is asked for, in the memory of a block or two however many they are.
 */
@Component
public class ResultStreamWriter {
    private final Store store;
    private final JsonMapper json;
    private final OpenStreams streams;

    public ResultStreamWriter(Store store, JsonMapper json, OpenStreams streams) {
        this.store = store;
        this.json = json;
        this.streams = streams;
    }

    /** Writes those that are asked for; where it follows, until the job has ended or the master goes down. */
    public void write(Caller caller, JobRow job, ResultQuery query, ResultFormat form, OutputStream out)
            throws IOException {
        if (query.follow()) {
            streams.run(caller, job.seq(), (news, keepAlive) -> follow(job, query, form, out, news, keepAlive));
        } else {
            switch (form) {
                case LINES, CSV -> writeAll(walk(job, query), lines(job, query, form, out));
                case PAGE -> writePage(job, query, out);
            }
        }
    }

    private ResultOrderReader walk(JobRow job, ResultQuery query) {
        return query.byCompletion()
                ? new CompletionOrderReader(store, json, job.seq(), query)
                : new IndexOrderReader(store, json, job.seq(), query);
    }

    private @Nullable ArgumentCursor arguments(JobRow job, ResultQuery query) {
        return query.args() ? new ArgumentCursor(store, job) : null;
    }

    private ResultVisitor lines(JobRow job, ResultQuery query, ResultFormat form, OutputStream out) throws IOException {
        ArgumentCursor arguments = arguments(job, query);
        if (form == ResultFormat.CSV) {
            CsvResultWriter csv = new CsvResultWriter(out, arguments);
            csv.writeHead();
            return csv;
        }
        return new DelimitingVisitor(new JsonResultWriter(json, out, arguments), _ -> {}, () -> out.write('\n'));
    }

    private static void writeAll(ResultOrderReader reader, ResultVisitor visitor) throws IOException {
        ResultOrderReader.Step step;
        do {
            step = reader.step(visitor);
        } while (step == ResultOrderReader.Step.MORE);
    }

    private void follow(
            JobRow job,
            ResultQuery query,
            ResultFormat form,
            OutputStream out,
            JobSubscription news,
            Duration keepAlive)
            throws IOException, InterruptedException {
        ResultOrderReader reader = walk(job, query);
        ResultVisitor visitor = lines(job, query, form, out);
        out.flush();
        while (!news.isClosing()) {
            switch (reader.step(visitor)) {
                case MORE -> {}
                case END -> {
                    return;
                }
                case WAIT -> {
                    out.flush();
                    if (!news.await(keepAlive) && !news.isClosing()) {
                        out.write('\n'); // tells the reader that the silence is no broken line, and us if it is gone
                        out.flush();
                    }
                }
            }
        }
    }

    private void writePage(JobRow job, ResultQuery query, OutputStream out) throws IOException {
        JsonTranscoder.ascii(out, "{\"items\":[");
        ResultOrderReader reader = walk(job, query);
        DelimitingVisitor items = new DelimitingVisitor(
                new JsonResultWriter(json, out, arguments(job, query)),
                before -> {
                    if (before > 0) {
                        out.write(',');
                    }
                },
                () -> {});
        writeAll(reader, items);
        boolean more = items.count() == query.limit() && isAnyAfter(job, query.next(reader.after()));
        JsonTranscoder.ascii(out, "],\"next\":" + (more ? "\"" + reader.after() + "\"" : "null") + "}\n");
    }

    private boolean isAnyAfter(JobRow job, ResultQuery query) throws IOException {
        DelimitingVisitor nothing = new DelimitingVisitor(null, _ -> {}, () -> {});
        writeAll(walk(job, query), nothing);
        return nothing.count() > 0;
    }
}
