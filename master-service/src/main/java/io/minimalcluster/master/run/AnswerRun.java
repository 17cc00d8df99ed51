package io.minimalcluster.master.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.job.AwaitEnd;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.result.ValuesArray;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Waits for a job, and answers with it and its values, or with it alone where the wait is over first. */
@Component
class AnswerRun {
    private static final int BUFFER = 64 * 1024;

    private final Jobs jobs;
    private final AwaitEnd end;
    private final ValuesArray values;
    private final JsonMapper json;

    AnswerRun(Jobs jobs, AwaitEnd end, ValuesArray values, JsonMapper json) {
        this.jobs = jobs;
        this.end = end;
        this.values = values;
        this.json = json;
    }

    void write(Caller caller, JobId id, Duration wait, HttpServletResponse response) throws IOException {
        end.await(caller, id, wait);
        Job job = jobs.show(caller, id);
        response.setHeader("Location", "/api/v1/jobs/" + id);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (!job.state().isTerminal()) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            response.getOutputStream().write(json.writeValueAsBytes(job));
            return;
        }
        long seq = jobs.find(caller, id).seq();
        // not closed where it breaks off, or half an answer would look like a whole one
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        out.write("{\"job\":".getBytes(US_ASCII));
        out.write(json.writeValueAsBytes(job));
        out.write(",\"values\":".getBytes(US_ASCII));
        values.write(seq, job.tasks().total(), out);
        out.write('}');
        out.flush();
    }
}
