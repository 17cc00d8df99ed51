package io.minimalcluster.master.job.run;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.submit.JobOptionsQueryReader;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Code and arguments in, values out, in one call; it waits for as long as it may unless it is told how long. */
@RestController
@RequestMapping(path = "/api/v1/run", produces = MediaType.APPLICATION_JSON_VALUE)
class RunController {
    private final StartRun start;
    private final RunResponseWriter answer;
    private final PostedSources sources;
    private final ArgumentLimits limits;
    private final JsonMapper json;
    private final RunParameters parameters;

    RunController(
            StartRun start, RunResponseWriter answer, PostedSources sources, ArgumentLimits limits, JsonMapper json) {
        this.start = start;
        this.answer = answer;
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
        RunQuery asked = RunQuery.of(wait, values);
        run(
                caller,
                call,
                asked,
                response,
                job -> new RunRequestReader(json, sources, limits, job.arguments()).read(body));
    }

    /** One source, raw: curl's default form type too, as nobody names another for a file. */
    @PostMapping(
            consumes = {"text/*", MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    @IgnoreUnknownQueryParameters // which refuses unknown ones by itself
    void runSource(Caller caller, IdempotentCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestParameters query = RequestParameters.ofQuery(request.getQueryString());
        RunQuery asked = RunQuery.take(query);
        run(caller, call, asked, response, job -> {
            RunParameters.Taken taken = parameters.take(query, job.arguments());
            String source = sources.read(request.getInputStream());
            return RunRequest.of(sources, source, taken.function().orElse(null), taken.options());
        });
    }

    /** Files, and fields beside them. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @IgnoreUnknownQueryParameters // which refuses unknown ones by itself
    void runForm(Caller caller, IdempotentCall call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        RequestParameters query = RequestParameters.ofQuery(request.getQueryString());
        RunQuery asked = RunQuery.take(query);
        run(
                caller,
                call,
                asked,
                response,
                job -> new RunFormReader(sources, limits, job.arguments()).read(request, query, parameters));
    }

    private void run(
            Caller caller, IdempotentCall call, RunQuery asked, HttpServletResponse response, StartRun.Reading reading)
            throws IOException {
        Optional<String> earlier = call.earlier();
        JobId id = earlier.isPresent() ? new JobId(earlier.get()) : start.start(caller, call, reading);
        answer.write(caller, id, asked, response);
    }
}
