package io.minimalcluster.master.audit;

import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.model.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Endpoint of the audit log. */
@RestController
class AuditController {
    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping("/api/v1/audit")
    @AdditionalQueryParameters({"limit", "after"})
    Page<AuditEntry> list(
            PageRequest page,
            @RequestParam(name = "who", required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action) {
        return audit.list(page, actor, action);
    }
}
