package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.LeaseLost;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** HTTP endpoint for the shared value of a job. A worker can read it while it holds a lease of the job. */
@RestController
class SharedValueController {
    private static final String FIND = """
            select data from shared_value
             where job_seq = (select job_seq from lease
                               where id = :lease and worker_id = :worker and state in ('OPEN', 'LAPSED'))
            """;

    private final Store store;

    SharedValueController(Store store) {
        this.store = store;
    }

    @GetMapping("/api/v1/workers/{id}/leases/{leaseId}/shared")
    @IgnoreUnknownQueryParameters
    ResponseEntity<byte[]> shared(@PathVariable WorkerId id, @PathVariable LeaseId leaseId) {
        ResponseBuffer.reserve();
        byte[] value = store.read(sql -> sql.sql(FIND)
                        .param("lease", leaseId.value())
                        .param("worker", id.value())
                        .query((row, number) -> row.getBytes("data"))
                        .optional())
                .orElseThrow(() ->
                        new LeaseLost("Lease " + leaseId + " is not this worker's, or its job has no shared value."));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(value);
    }
}
