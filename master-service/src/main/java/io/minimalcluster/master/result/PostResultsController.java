package io.minimalcluster.master.result;

import io.minimalcluster.master.http.AnyQuery;
import io.minimalcluster.master.http.LenientJson;
import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.master.problem.MasterException.PayloadTooLarge;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.worker.SignOfLife;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import io.minimalcluster.worker.settings.ExecutorSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes parts of results from workers. */
@RestController
class PostResultsController {
    private final Store store;
    private final RecordPart recordPart;
    private final InstantSource clock;
    private final LenientJson json;
    private final ExecutorSettings limits;
    private final AfterRecording after;

    PostResultsController(
            Store store,
            RecordPart recordPart,
            InstantSource clock,
            LenientJson json,
            ExecutorSettings limits,
            AfterRecording after) {
        this.store = store;
        this.recordPart = recordPart;
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.after = after;
    }

    @PostMapping(path = "/api/v1/workers/{id}/leases/{leaseId}/results", consumes = MediaType.APPLICATION_JSON_VALUE)
    @AnyQuery
    Recorded post(@PathVariable WorkerId id, @PathVariable LeaseId leaseId, HttpServletRequest request)
            throws IOException {
        PostedPart part = read(request);
        RecordPart.Outcome outcome = store.writeAndWait(sql -> {
            SignOfLife.of(sql, id, clock.millis());
            return recordPart.record(sql, id, leaseId, part);
        });
        after.recorded(id, leaseId, outcome, part);
        return outcome.recorded();
    }

    private PostedPart read(HttpServletRequest request) throws IOException {
        try {
            return new PartReader(
                            json,
                            request.getInputStream(),
                            Math.toIntExact(limits.maxResult().bytes()))
                    .read();
        } catch (JsonSyntaxException e) {
            throw Malformed.at(
                    (int) e.line(), (int) e.column(), "The part is not as it should be: " + e.getMessage() + ".");
        } catch (JsonTooLargeException e) {
            throw new PayloadTooLarge(e.limitBytes());
        }
    }
}
