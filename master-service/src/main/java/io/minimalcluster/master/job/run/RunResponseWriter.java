package io.minimalcluster.master.job.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.ResponseHeadersFilter;
import io.minimalcluster.master.job.AwaitJob;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.result.read.ValuesWriter;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Waits for the end of a job and writes the response: the job with its values, or the job alone. */
@Component
class RunResponseWriter {
    private static final int BUFFER = 64 * 1024;

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
        Job job = jobs.show(caller, id);
        response.setHeader("Location", Links.prefix() + "/api/v1/jobs/" + id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (job.state().isTerminal() && runQuery.hasValues(job)) {
            writeWithValues(caller, job, response);
        } else {
            response.setStatus(job.state().isTerminal() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_ACCEPTED);
            response.getOutputStream().write((json.writeValueAsString(job) + "\n").getBytes(UTF_8));
        }
    }

    private void writeWithValues(Caller caller, Job job, HttpServletResponse response) throws IOException {
        long seq = jobs.find(caller, job.id()).seq();
        ResponseHeadersFilter.streamed(response);
        // Not closed after a failure, because a closed partial response would look complete.
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        out.write("{\"job\":".getBytes(US_ASCII));
        out.write(json.writeValueAsBytes(job));
        out.write(",\"values\":".getBytes(US_ASCII));
        values.writeArray(seq, job.tasks().total(), out);
        out.write("}\n".getBytes(US_ASCII));
        out.flush();
    }
}
