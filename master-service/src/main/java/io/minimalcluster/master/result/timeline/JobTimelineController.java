package io.minimalcluster.master.result.timeline;

import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoint for the course of a job. */
@RestController
class JobTimelineController {
    private final Jobs jobs;
    private final JobTimelineReader timelines;

    JobTimelineController(Jobs jobs, JobTimelineReader timelines) {
        this.jobs = jobs;
        this.timelines = timelines;
    }

    @GetMapping("/api/v1/jobs/{id}/timeline")
    JobTimeline timeline(Caller caller, @PathVariable JobId id) {
        return timelines.read(jobs.find(caller, id));
    }
}
