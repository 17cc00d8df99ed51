package io.minimalcluster.master.job;

import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.WaitDuration;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.job.Job;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoints for listing, reading, cancelling and deleting jobs. */
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {
    private final Jobs jobs;
    private final CancelJob cancel;
    private final DeleteJob delete;
    private final JobSubscriptions subscriptions;
    private final AwaitJob awaitJob;

    JobController(Jobs jobs, CancelJob cancel, DeleteJob delete, JobSubscriptions subscriptions, AwaitJob awaitJob) {
        this.jobs = jobs;
        this.cancel = cancel;
        this.delete = delete;
        this.subscriptions = subscriptions;
        this.awaitJob = awaitJob;
    }

    @GetMapping
    @AdditionalQueryParameters({"limit", "after", "label.*"})
    Page<Job> list(
            Caller caller,
            PageRequest page,
            @RequestParam(required = false) @Nullable String state,
            HttpServletRequest request) {
        return jobs.list(caller, page, JobFilter.of(state, request.getQueryString()));
    }

    @GetMapping("/{id}")
    Job get(Caller caller, @PathVariable JobId id, @RequestParam(required = false) @Nullable String wait) {
        awaitJob.await(caller, id, WaitDuration.of(wait).duration());
        ResponseBuffer.reserve();
        return jobs.show(caller, id);
    }

    @PostMapping("/{id}/cancel")
    Job cancel(Caller caller, @PathVariable JobId id) {
        cancel.cancel(caller, id);
        return jobs.show(caller, id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable JobId id) {
        long seq = delete.delete(caller, id);
        subscriptions.endWaits(id);
        subscriptions.changed(seq);
        return ResponseEntity.noContent().build();
    }
}
