package io.minimalcluster.master.job.run;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.submit.JobOptionsQueryReader;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP endpoints of {@code POST /run}: code and arguments in one call, the values in its response. Without {@code wait}
 * the call waits for the longest allowed time.
 */
@RestController
@RequestMapping(path = "/api/v1/run", produces = MediaType.APPLICATION_JSON_VALUE)
class RunController {
    private final StartRun start;
    private final RunResponseWriter responseWriter;
    private final PostedSources sources;
    private final ArgumentLimits limits;
    private final JsonMapper json;
    private final RunParameters parameters;

    RunController(
            StartRun start,
            RunResponseWriter responseWriter,
            PostedSources sources,
            ArgumentLimits limits,
            JsonMapper json) {
        this.start = start;
        this.responseWriter = responseWriter;
        this.sources = sources;
        this.limits = limits;
        this.json = json;
        this.parameters = new RunParameters(new JobOptionsQueryReader(json));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    void runJson(
            Caller caller,
            IdempotentCall call,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String values,
            HttpServletResponse response)
            throws IOException {
        InputStream body = request.getInputStream();
        RunQuery runQuery = RunQuery.of(wait, values);
        run(
                caller,
                call,
                runQuery,
                response,
                job -> new RunRequestReader(json, sources, limits, job.arguments()).read(body));
    }

    /**
     * Takes one source as the body. Accepts curl's default form type too, because callers rarely set another one for a
     * file.
     */
    @PostMapping(
            consumes = {"text/*", MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    @IgnoreUnknownQueryParameters // RunParameters rejects unknown parameters
    void runSource(Caller caller, IdempotentCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestParameters query = RequestParameters.ofQuery(request.getQueryString());
        RunQuery runQuery = RunQuery.take(query);
        run(caller, call, runQuery, response, job -> {
            RunParameters.Taken taken = parameters.take(query, job.arguments());
            String source = sources.read(request.getInputStream());
            return RunRequest.of(sources, source, taken.function().orElse(null), taken.options());
        });
    }

    /** Takes files and fields of a form. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @IgnoreUnknownQueryParameters // RunParameters rejects unknown parameters
    void runForm(Caller caller, IdempotentCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestParameters query = RequestParameters.ofQuery(request.getQueryString());
        RunQuery runQuery = RunQuery.take(query);
        run(
                caller,
                call,
                runQuery,
                response,
                job -> new RunFormReader(sources, limits, job.arguments()).read(request, query, parameters));
    }

    private void run(
            Caller caller,
            IdempotentCall call,
            RunQuery runQuery,
            HttpServletResponse response,
            StartRun.Reading reading)
            throws IOException {
        long begin = System.nanoTime();
        Optional<String> earlier = call.earlier();
        JobId id = earlier.isPresent() ? new JobId(earlier.get()) : start.start(caller, call, reading);
        ResponseBuffer.releaseRequest(); // the body has been read, and the job may run for long
        responseWriter.write(caller, id, runQuery.after(Duration.ofNanos(System.nanoTime() - begin)), response);
    }
}
