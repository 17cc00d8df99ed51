package io.minimalcluster.master.result;

import io.minimalcluster.master.job.Follower;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.stream.OpenStreams;
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
class WriteResults {
    private final Store store;
    private final JsonMapper json;
    private final OpenStreams streams;

    WriteResults(Store store, JsonMapper json, OpenStreams streams) {
        this.store = store;
        this.json = json;
        this.streams = streams;
    }

    /** Writes those that are asked for; where it follows, until the job has ended or the master goes down. */
    void write(Caller caller, JobRow job, ResultQuery query, ResultForm form, OutputStream out) throws IOException {
        if (query.follow()) {
            streams.run(caller, job.seq(), (news, keepAlive) -> follow(job, query, form, out, news, keepAlive));
        } else {
            switch (form) {
                case LINES, CSV -> writeAll(walk(job, query), lines(job, query, form, out));
                case PAGE -> writePage(job, query, out);
            }
        }
    }

    private ResultWalk walk(JobRow job, ResultQuery query) {
        return query.byCompletion()
                ? new LogWalk(store, json, job.seq(), query)
                : new IndexWalk(store, json, job.seq(), query);
    }

    private @Nullable Arguments arguments(JobRow job, ResultQuery query) {
        return query.args() ? new Arguments(store, job) : null;
    }

    private Visitor lines(JobRow job, ResultQuery query, ResultForm form, OutputStream out) throws IOException {
        Arguments arguments = arguments(job, query);
        if (form == ResultForm.CSV) {
            CsvLine csv = new CsvLine(out, arguments);
            csv.writeHead();
            return csv;
        }
        return new EachOne(new ResultLine(json, out, arguments), _ -> {}, () -> out.write('\n'));
    }

    private static void writeAll(ResultWalk walk, Visitor visitor) throws IOException {
        ResultWalk.Step step;
        do {
            step = walk.step(visitor);
        } while (step == ResultWalk.Step.MORE);
    }

    private void follow(
            JobRow job, ResultQuery query, ResultForm form, OutputStream out, Follower news, Duration keepAlive)
            throws IOException, InterruptedException {
        ResultWalk walk = walk(job, query);
        Visitor visitor = lines(job, query, form, out);
        out.flush();
        while (!news.isClosing()) {
            switch (walk.step(visitor)) {
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
        JsonBytes.ascii(out, "{\"items\":[");
        ResultWalk walk = walk(job, query);
        EachOne items = new EachOne(
                new ResultLine(json, out, arguments(job, query)),
                before -> {
                    if (before > 0) {
                        out.write(',');
                    }
                },
                () -> {});
        writeAll(walk, items);
        boolean more = items.count() == query.limit() && isAnyAfter(job, query.next(walk.after()));
        JsonBytes.ascii(out, "],\"next\":" + (more ? "\"" + walk.after() + "\"" : "null") + "}\n");
    }

    private boolean isAnyAfter(JobRow job, ResultQuery query) throws IOException {
        EachOne nothing = new EachOne(null, _ -> {}, () -> {});
        writeAll(walk(job, query), nothing);
        return nothing.count() > 0;
    }
}
