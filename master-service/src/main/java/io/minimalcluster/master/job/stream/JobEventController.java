package io.minimalcluster.master.job.stream;

import io.minimalcluster.master.http.ResponseHeadersFilter;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** HTTP endpoint for the server-sent events of a job. */
@RestController
class JobEventController {
    private final Jobs jobs;
    private final OpenStreams streams;
    private final JsonMapper json;

    JobEventController(Jobs jobs, OpenStreams streams, JsonMapper json) {
        this.jobs = jobs;
        this.streams = streams;
        this.json = json;
    }

    @GetMapping(path = "/api/v1/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            Caller caller,
            @PathVariable JobId id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        JobRow row = jobs.find(caller, id);
        Job job = jobs.show(caller, id);
        LastEventId lastEventId = LastEventId.of(last);
        if (job.state().isTerminal() && lastEventId.equals(LastEventId.of(job))) {
            response.setStatus(HttpStatus.NO_CONTENT.value()); // stops the automatic reconnect of a browser
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        ResponseHeadersFilter.streamed(response);
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return;
        }
        OutputStream out = response.getOutputStream();
        EventWriter events = new EventWriter(json, out, lastEventId);
        streams.run(
                caller,
                row.seq(),
                (subscription, keepAlive) -> events.write(() -> jobs.show(caller, id), subscription, keepAlive));
    }
}
