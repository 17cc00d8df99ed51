package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.ResponseHeadersFilter;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.http.direct.DirectRequest;
import io.minimalcluster.master.http.direct.DirectRoute;
import io.minimalcluster.master.job.AwaitJob;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.CurrentCaller;
import io.minimalcluster.model.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * HTTP endpoints for the results of a job. A response that fails halfway is aborted without a regular end, so that a
 * client does not take it for complete.
 */
@RestController
@RequestMapping("/api/v1/jobs/{id}")
class ResultController implements DirectCall {
    private final Jobs jobs;
    private final AwaitJob awaitJob;
    private final ValuesWriter values;
    private final ResultStreamWriter results;
    private final FindTask tasks;

    ResultController(Jobs jobs, AwaitJob awaitJob, ValuesWriter values, ResultStreamWriter results, FindTask tasks) {
        this.jobs = jobs;
        this.awaitJob = awaitJob;
        this.values = values;
        this.results = results;
        this.tasks = tasks;
    }

    @GetMapping(path = "/values", produces = MediaType.APPLICATION_JSON_VALUE)
    void values(
            Caller caller,
            @PathVariable JobId id,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(defaultValue = "false") boolean strict,
            @RequestParam(defaultValue = "array") String as,
            HttpServletResponse response)
            throws IOException {
        boolean asMap = as.equals("map");
        if (!asMap && !as.equals("array")) {
            throw Malformed.field("as", "as is array or map.");
        }
        awaitJob.await(caller, id, WaitDuration.of(wait).duration());
        ValuesWriter.JobValues found =
                asMap ? new ValuesWriter.JobValues(jobs.find(caller, id), Optional.empty()) : values.find(caller, id);
        JobRow job = found.job();
        checkComplete(job, strict);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        ResponseHeadersFilter.streamed(response);
        OutputStream out = response.getOutputStream();
        if (asMap) {
            values.writeMap(job, out);
        } else {
            values.writeArray(found, out);
        }
        out.write('\n');
    }

    @Override
    public DirectRoute route() {
        return new DirectRoute("GET", "/api/v1/jobs/{id}/values", Set.of("wait"));
    }

    @Override
    public void answer(DirectRequest call) throws IOException {
        values(
                CurrentCaller.get(),
                new JobId(call.variable("id")),
                call.parameter("wait"),
                false,
                "array",
                call.response());
    }

    private static void checkComplete(JobRow job, boolean strict) {
        if (!job.state().isTerminal()) {
            throw new Conflict(
                    "Job " + job.id() + " has not ended: wait for it, or read its results so far.",
                    job.state().name());
        }
        long missing = job.tasks().total() - job.tasks().succeeded();
        if (strict && missing > 0) {
            throw new Conflict(
                    missing + " tasks of job " + job.id() + " have no value.",
                    job.state().name());
        }
    }

    /** Results in the accepted format, NDJSON by default. */
    @GetMapping(
            path = "/results",
            produces = {ResultFormat.NDJSON, MediaType.APPLICATION_JSON_VALUE, ResultFormat.TEXT_CSV})
    @AdditionalQueryParameters({"order", "after", "limit", "state", "args", "follow"})
    void results(
            Caller caller,
            @PathVariable JobId id,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = "Accept", defaultValue = MediaType.ALL_VALUE) String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        ResultFormat format = ResultFormat.of(accept);
        ResultQuery query = ResultQuery.of(parameters, format);
        JobRow job = jobs.find(caller, id);
        response.setContentType(format.contentType());
        ResponseHeadersFilter.streamed(response);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return; // HEAD needs no results and does not wait
        }
        OutputStream out = response.getOutputStream();
        results.write(caller, job, query, format, out);
    }

    @GetMapping("/tasks/{index}")
    TaskView task(Caller caller, @PathVariable JobId id, @PathVariable long index) {
        return tasks.show(jobs.find(caller, id), index);
    }
}
