package io.minimalcluster.master.job.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.ResponseHeadersFilter;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.job.AwaitJob;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.result.read.ValuesWriter;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Waits for the end of a job and writes the response: the job with its values, or the job alone. */
@Component
class RunResponseWriter {
    private final Jobs jobs;
    private final AwaitJob awaitJob;
    private final ValuesWriter values;
    private final JsonMapper json;

    RunResponseWriter(Jobs jobs, AwaitJob awaitJob, ValuesWriter values, JsonMapper json) {
        this.jobs = jobs;
        this.awaitJob = awaitJob;
        this.values = values;
        this.json = json;
    }

    void write(Caller caller, JobId id, RunQuery runQuery, HttpServletResponse response) throws IOException {
        awaitJob.await(caller, id, runQuery.longest());
        if (writeJob(caller, id, runQuery, response)) {
            writeValues(caller, id, response);
        }
    }

    /** Writes the job, with its reduced value. True if its values follow, for which nothing of the job is retained. */
    private boolean writeJob(Caller caller, JobId id, RunQuery runQuery, HttpServletResponse response)
            throws IOException {
        ResponseBuffer.reserve();
        Job job = jobs.show(caller, id);
        response.setHeader("Location", Links.prefix() + "/api/v1/jobs/" + id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (job.state().isTerminal() && runQuery.hasValues(job)) {
            response.getOutputStream().write("{\"job\":".getBytes(US_ASCII));
            response.getOutputStream().write(json.writeValueAsBytes(job));
            return true;
        }
        response.setStatus(job.state().isTerminal() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_ACCEPTED);
        response.getOutputStream().write((json.writeValueAsString(job) + "\n").getBytes(UTF_8));
        return false;
    }

    private void writeValues(Caller caller, JobId id, HttpServletResponse response) throws IOException {
        ValuesWriter.JobValues found = values.find(caller, id);
        ResponseHeadersFilter.streamed(response);
        // Not closed after a failure, because a closed partial response would look complete.
        OutputStream out = response.getOutputStream();
        out.write(",\"values\":".getBytes(US_ASCII));
        values.writeArray(found, out);
        out.write("}\n".getBytes(US_ASCII));
    }
}
