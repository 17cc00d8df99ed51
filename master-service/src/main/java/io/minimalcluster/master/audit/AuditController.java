package io.minimalcluster.master.audit;

import io.minimalcluster.master.http.AlsoQuery;
import io.minimalcluster.master.page.PageRequest;
import io.minimalcluster.model.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the audit. */
@RestController
class AuditController {
    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    @GetMapping("/api/v1/audit")
    @AlsoQuery({"limit", "after"})
    Page<Entry> list(
            PageRequest page,
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(required = false) @Nullable String action) {
        return audit.list(page, who, action);
    }
}
