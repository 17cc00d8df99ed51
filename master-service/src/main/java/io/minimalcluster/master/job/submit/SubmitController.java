package io.minimalcluster.master.job.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.http.direct.DirectRequest;
import io.minimalcluster.master.http.direct.DirectRoute;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.submit.SubmitJob.Submitted;
import io.minimalcluster.master.job.submit.TargetResolver.Named;
import io.minimalcluster.master.job.submit.TargetResolver.Target;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.CurrentCaller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** HTTP endpoints for the submission of a job. */
@RestController
@RequestMapping("/api/v1/jobs")
class SubmitController implements DirectCall {
    private final OpenJobUpload openUpload;
    private final SubmitJob submitJob;
    private final TargetResolver targets;
    private final Jobs jobs;
    private final ArgumentLimits limits;
    private final JsonMapper json;
    private final JobOptionsQueryReader options;

    SubmitController(
            OpenJobUpload openUpload,
            SubmitJob submitJob,
            TargetResolver targets,
            Jobs jobs,
            ArgumentLimits limits,
            JsonMapper json) {
        this.openUpload = openUpload;
        this.submitJob = submitJob;
        this.targets = targets;
        this.jobs = jobs;
        this.limits = limits;
        this.json = json;
        this.options = new JobOptionsQueryReader(json);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Job> submit(Caller caller, IdempotentCall call, HttpServletRequest request) throws IOException {
        Optional<String> earlier = call.earlier();
        return earlier.isPresent() ? known(caller, earlier.get()) : accepted(body(caller, call, request));
    }

    @Override
    public DirectRoute route() {
        return new DirectRoute("POST", "/api/v1/jobs", Set.of());
    }

    @Override
    public boolean creates() {
        return true;
    }

    @Override
    public void answer(DirectRequest call) throws IOException {
        ResponseEntity<Job> answer = submit(CurrentCaller.get(), IdempotentCall.of(call.request()), call.request());
        call.response()
                .setHeader(
                        HttpHeaders.LOCATION, String.valueOf(answer.getHeaders().getLocation()));
        call.answerJson(
                answer.getStatusCode().value(), (json.writeValueAsString(answer.getBody()) + "\n").getBytes(UTF_8));
    }

    private Job body(Caller caller, IdempotentCall call, HttpServletRequest request) throws IOException {
        try (JobUpload job = openUpload.begin(caller)) {
            JobRequestReader body =
                    new JobRequestReader(json, limits, named -> targets.find(caller, named), job.arguments());
            body.read(request.getInputStream());
            return keep(job, call, body.target(), body.options());
        }
    }

    /** Submits a job with one argument per line. The target and the options are in the query. */
    @PostMapping(consumes = MediaType.APPLICATION_NDJSON_VALUE)
    @IgnoreUnknownQueryParameters // the method rejects unknown parameters
    ResponseEntity<Job> submitLines(Caller caller, IdempotentCall call, HttpServletRequest request) throws IOException {
        Optional<String> earlier = call.earlier();
        if (earlier.isPresent()) {
            return known(caller, earlier.get());
        }
        RequestParameters query = RequestParameters.ofQuery(request.getQueryString());
        JobOptions jobOptions = options.take(query);
        Named named = new Named(
                query.one("function").orElse(null),
                query.one("environmentId").orElse(null),
                query.one("method").orElse(null));
        query.refuseRest();
        return accepted(lines(call, targets.find(caller, named), jobOptions, caller, request.getInputStream()));
    }

    private Job lines(IdempotentCall call, Target target, JobOptions jobOptions, Caller caller, InputStream body)
            throws IOException {
        try (JobUpload job = openUpload.begin(caller)) {
            job.arguments().lines(body, SharedParameter.withoutShared(target.function(), jobOptions));
            return keep(job, call, target, jobOptions);
        }
    }

    private Job keep(JobUpload job, IdempotentCall call, Target target, JobOptions jobOptions) throws IOException {
        Receipt receipt = call.finish();
        Submitted submitted = submitJob.insert(job, targets.reducing(target, jobOptions), jobOptions, sql -> {
            receipt.keep(sql, job.id().value());
            return job.id();
        });
        return jobs.show(submitted.job(), submitted.isAwaited());
    }

    private ResponseEntity<Job> known(Caller caller, String id) {
        return ResponseEntity.ok().location(Links.to("/api/v1/jobs/" + id)).body(jobs.show(caller, new JobId(id)));
    }

    private static ResponseEntity<Job> accepted(Job job) {
        return ResponseEntity.accepted()
                .location(Links.to("/api/v1/jobs/" + job.id()))
                .body(job);
    }
}
