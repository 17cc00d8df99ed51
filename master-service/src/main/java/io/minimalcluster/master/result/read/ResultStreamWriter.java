package io.minimalcluster.master.result.read;

import io.minimalcluster.master.http.budget.ResponseBuffer;
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

/** Streams the outcomes of a job in the requested format. Its memory use is bounded by one or two blocks. */
@Component
public class ResultStreamWriter {
    /** Maximum number of steps of a part, because steps may find nothing to write. */
    private static final int MAX_STEPS = 64;

    private final Store store;
    private final JsonMapper json;
    private final OpenStreams streams;

    public ResultStreamWriter(Store store, JsonMapper json, OpenStreams streams) {
        this.store = store;
        this.json = json;
        this.streams = streams;
    }

    /**
     * Writes the requested outcomes. A query that follows the job ends with the job or with the shutdown of the master.
     */
    public void write(Caller caller, JobRow job, ResultQuery query, ResultFormat format, OutputStream out)
            throws IOException {
        if (query.follow()) {
            streams.run(
                    caller,
                    job.seq(),
                    (subscription, keepAlive) -> follow(job, query, format, out, subscription, keepAlive));
        } else {
            switch (format) {
                case LINES, CSV -> writeAll(reader(job, query), lines(job, query, format, out));
                case PAGE -> writePage(job, query, out);
            }
        }
    }

    private ResultOrderReader reader(JobRow job, ResultQuery query) {
        return query.byCompletion()
                ? new CompletionOrderReader(store, json, job.seq(), query)
                : new IndexOrderReader(store, json, job.seq(), query);
    }

    private @Nullable ArgumentCursor arguments(JobRow job, ResultQuery query) {
        return query.args() ? new ArgumentCursor(store, job) : null;
    }

    private ResultVisitor lines(JobRow job, ResultQuery query, ResultFormat format, OutputStream out)
            throws IOException {
        ArgumentCursor arguments = arguments(job, query);
        if (format == ResultFormat.CSV) {
            CsvResultWriter csv = new CsvResultWriter(out, arguments);
            csv.writeHead();
            return csv;
        }
        return new JsonResultWriter(json, out, arguments, true);
    }

    private static void writeAll(ResultOrderReader reader, ResultVisitor visitor) throws IOException {
        ResultOrderReader.Step step;
        do {
            step = ResponseBuffer.part(() -> steps(reader, visitor));
        } while (step == ResultOrderReader.Step.MORE);
    }

    /** Takes steps until the part of the response is full, so that short blocks share a part. */
    private static ResultOrderReader.Step steps(ResultOrderReader reader, ResultVisitor visitor) throws IOException {
        ResultOrderReader.Step step = reader.step(visitor);
        for (int i = 1; i < MAX_STEPS && step == ResultOrderReader.Step.MORE && !ResponseBuffer.isFull(); i++) {
            step = reader.step(visitor);
        }
        return step;
    }

    private void follow(
            JobRow job,
            ResultQuery query,
            ResultFormat format,
            OutputStream out,
            JobSubscription subscription,
            Duration keepAlive)
            throws IOException, InterruptedException {
        ResultOrderReader reader = reader(job, query);
        ResultVisitor visitor = lines(job, query, format, out);
        out.flush();
        while (!subscription.isClosing()) {
            switch (ResponseBuffer.part(() -> steps(reader, visitor))) {
                case MORE -> {}
                case END -> {
                    return;
                }
                case WAIT -> {
                    out.flush();
                    if (!subscription.await(keepAlive) && !subscription.isClosing()) {
                        out.write('\n'); // keep-alive; also detects a closed connection
                        out.flush();
                    }
                }
            }
        }
    }

    private void writePage(JobRow job, ResultQuery query, OutputStream out) throws IOException {
        JsonTranscoder.ascii(out, "{\"items\":[");
        ResultOrderReader reader = reader(job, query);
        writeAll(reader, new JsonResultWriter(json, out, arguments(job, query), false));
        boolean more = reader.visited() == query.limit() && isAnyAfter(job, query.next(reader.after()));
        JsonTranscoder.ascii(out, "],\"next\":" + (more ? "\"" + reader.after() + "\"" : "null") + "}\n");
    }

    private boolean isAnyAfter(JobRow job, ResultQuery query) throws IOException {
        ResultOrderReader reader = reader(job, query);
        writeAll(reader, new JsonResultWriter(json, OutputStream.nullOutputStream(), null, false));
        return reader.visited() > 0;
    }
}
