package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.direct.DirectCall;
import io.minimalcluster.master.http.direct.DirectRequest;
import io.minimalcluster.master.http.direct.DirectRoute;
import io.minimalcluster.master.http.json.LenientJson;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import io.minimalcluster.worker.settings.ExecutorSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoint that receives parts of results from workers. */
@RestController
class ResultPartController implements DirectCall {
    private static final String PATH = "/api/v1/workers/{id}/leases/{leaseId}/results";

    private final Store store;
    private final RecordPart recordPart;
    private final LenientJson json;
    private final ExecutorSettings limits;
    private final RecordingEffects after;

    ResultPartController(
            Store store, RecordPart recordPart, LenientJson json, ExecutorSettings limits, RecordingEffects after) {
        this.store = store;
        this.recordPart = recordPart;
        this.json = json;
        this.limits = limits;
        this.after = after;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
    @IgnoreUnknownQueryParameters
    Recorded post(@PathVariable WorkerId id, @PathVariable LeaseId leaseId, HttpServletRequest request)
            throws IOException {
        ResultPart part = read(request);
        RecordPart.Outcome outcome = store.writeAndWait(sql -> recordPart.post(sql, id, leaseId, part));
        after.recorded(id, leaseId, outcome, part);
        return outcome.recorded();
    }

    @Override
    public DirectRoute route() {
        return new DirectRoute("POST", PATH, Set.of());
    }

    @Override
    public void answer(DirectRequest call) throws IOException {
        Recorded recorded =
                post(new WorkerId(call.variable("id")), new LeaseId(call.variable("leaseId")), call.request());
        call.answerJson(HttpServletResponse.SC_OK, (json.mapper().writeValueAsString(recorded) + "\n").getBytes(UTF_8));
    }

    private ResultPart read(HttpServletRequest request) throws IOException {
        try {
            return new ResultPartReader(
                            json,
                            request.getInputStream(),
                            Math.toIntExact(limits.maxResult().bytes()))
                    .read();
        } catch (JsonSyntaxException e) {
            throw Malformed.at((int) e.line(), (int) e.column(), "The part is malformed: " + e.getMessage() + ".");
        } catch (JsonTooLargeException e) {
            throw new PayloadTooLarge(e.limitBytes());
        }
    }
}
