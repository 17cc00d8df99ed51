package io.minimalcluster.master.job.control;

import io.minimalcluster.master.job.ExplainJob;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.Job;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoints for pause, resume, retry and explanation of a job. */
@RestController
@RequestMapping("/api/v1/jobs/{id}")
class JobControlController {
    private final Jobs jobs;
    private final PauseJob pause;
    private final RetryJob retry;
    private final ExplainJob explain;

    JobControlController(Jobs jobs, PauseJob pause, RetryJob retry, ExplainJob explain) {
        this.jobs = jobs;
        this.pause = pause;
        this.retry = retry;
        this.explain = explain;
    }

    @PostMapping("/pause")
    Job pause(Caller caller, @PathVariable JobId id) {
        pause.pause(caller, id);
        return jobs.show(caller, id);
    }

    @PostMapping("/resume")
    Job resume(Caller caller, @PathVariable JobId id) {
        pause.resume(caller, id);
        return jobs.show(caller, id);
    }

    @PostMapping("/retry")
    Job retry(Caller caller, @PathVariable JobId id) {
        retry.retry(caller, id);
        return jobs.show(caller, id);
    }

    @GetMapping("/explain")
    Explanation explain(Caller caller, @PathVariable JobId id) {
        return explain.explain(caller, id);
    }
}
