package io.minimalcluster.master.result;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.http.AlsoQuery;
import io.minimalcluster.master.http.Wait;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.problem.MasterException.Conflict;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The calls that read what came of a job. */
@RestController
@RequestMapping("/api/v1/jobs/{id}")
class ResultController {
    private static final int BUFFER = 64 * 1024;

    private final Jobs jobs;
    private final JobWatch watch;
    private final ValuesArray values;
    private final ReadResults results;
    private final ShowTask tasks;
    private final JsonMapper json;

    ResultController(
            Jobs jobs, JobWatch watch, ValuesArray values, ReadResults results, ShowTask tasks, JsonMapper json) {
        this.jobs = jobs;
        this.watch = watch;
        this.values = values;
        this.results = results;
        this.tasks = tasks;
        this.json = json;
    }

    @GetMapping(path = "/values", produces = MediaType.APPLICATION_JSON_VALUE)
    void values(
            Caller caller,
            @PathVariable JobId id,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(defaultValue = "false") boolean strict,
            HttpServletResponse response)
            throws IOException {
        watch.awaitEnd(
                id,
                Wait.of(wait).duration(),
                () -> jobs.find(caller, id).state().isTerminal());
        JobRow job = jobs.find(caller, id);
        if (!job.state().isTerminal()) {
            throw new Conflict(
                    "Job " + id + " has not ended: wait for it, or read its results so far.",
                    job.state().name());
        }
        if (strict && job.tasks().succeeded() < job.tasks().total()) {
            long missing = job.tasks().total() - job.tasks().succeeded();
            throw new Conflict(
                    missing + " tasks of job " + id + " have no value.",
                    job.state().name());
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER)) {
            values.write(job.seq(), job.tasks().total(), out);
        }
    }

    /** Lines where nothing else is asked for; a page of them as JSON. */
    @GetMapping(
            path = "/results",
            produces = {MediaType.APPLICATION_NDJSON_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @AlsoQuery({"order", "after", "limit", "state"})
    void results(
            Caller caller,
            @PathVariable JobId id,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = "Accept", defaultValue = MediaType.ALL_VALUE) String accept,
            HttpServletResponse response)
            throws IOException {
        boolean asPage = MediaType.parseMediaTypes(accept).contains(MediaType.APPLICATION_JSON);
        ResultQuery query = ResultQuery.of(parameters, asPage);
        JobRow job = jobs.find(caller, id);
        response.setContentType(asPage ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_NDJSON_VALUE);
        try (OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER)) {
            if (asPage) {
                writePage(job, query, out);
            } else {
                writeLines(job, query, out);
            }
        }
    }

    private void writeLines(JobRow job, ResultQuery query, OutputStream out) throws IOException {
        ResultLine line = new ResultLine(json, out);
        results.forEach(job.seq(), query, (block, index, start, end) -> {
            line.write(block, index, start, end);
            out.write('\n');
        });
    }

    private void writePage(JobRow job, ResultQuery query, OutputStream out) throws IOException {
        ResultLine line = new ResultLine(json, out);
        long[] shown = {0};
        out.write("{\"items\":[".getBytes(US_ASCII));
        long next = results.forEach(job.seq(), query, (block, index, start, end) -> {
            if (shown[0]++ > 0) {
                out.write(',');
            }
            line.write(block, index, start, end);
        });
        boolean more = shown[0] == query.limit() && isAnyAfter(job, query, next);
        out.write(("],\"next\":" + (more ? "\"" + next + "\"" : "null") + "}").getBytes(US_ASCII));
    }

    private boolean isAnyAfter(JobRow job, ResultQuery query, long after) throws IOException {
        boolean[] found = {false};
        ResultQuery one = new ResultQuery(query.byCompletion(), after, 1, query.failed());
        results.forEach(job.seq(), one, (block, index, start, end) -> found[0] = true);
        return found[0];
    }

    @GetMapping("/tasks/{index}")
    TaskView task(Caller caller, @PathVariable JobId id, @PathVariable long index) {
        return tasks.show(jobs.find(caller, id), index);
    }
}
