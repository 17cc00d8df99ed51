package io.minimalcluster.master.audit;

import java.util.Map;
import java.util.Optional;

/**
 * An audited kind of call.
 *
 * @param status status of a successful call, for entries that are written before the response
 * @param reads whether the call only reads; failed reads are not audited
 */
record AuditedAction(String name, int status, boolean reads) {
    private static final Map<String, AuditedAction> ALL = Map.ofEntries(
            change("POST /environments", "load", 201),
            change("DELETE /environments/{id}", "delete", 204),
            read("GET /environments/{id}/sources", "read-sources"),
            read("GET /environments/{id}/bundle", "read-bundle"),
            change("POST /functions", "register", 200),
            change("DELETE /functions/{name}", "delete", 204),
            change("POST /jobs", "run", 202),
            change("POST /run", "run", 200),
            change("POST /jobs/{id}/cancel", "cancel", 200),
            change("POST /jobs/{id}/pause", "pause", 200),
            change("POST /jobs/{id}/resume", "resume", 200),
            change("POST /jobs/{id}/retry", "retry", 200),
            change("DELETE /jobs/{id}", "delete", 204),
            read("GET /jobs/{id}/values", "read-values"),
            read("GET /jobs/{id}/results", "read-results"),
            read("GET /jobs/{id}/tasks/{index}", "read-task"),
            change("POST /workers", "register-worker", 201),
            change("DELETE /workers/{id}", "remove-worker", 204),
            change("POST /workers/{id}/drain", "drain", 200),
            change("POST /workers/{id}/resume", "resume", 200),
            change("POST /session/code", "make-sign-in-code", 201),
            change("DELETE /session", "sign-out", 204),
            change("POST /keys", "make-key", 201),
            change("DELETE /keys/{name}", "revoke-key", 204),
            change("POST /cluster/local-worker", "local-worker-join", 200),
            change("DELETE /cluster/local-worker", "local-worker-leave", 200),
            change("POST /cluster/backup", "backup", 201),
            change("POST /cluster/shutdown", "shutdown", 202));

    private static Map.Entry<String, AuditedAction> change(String call, String name, int status) {
        return Map.entry(call, new AuditedAction(name, status, false));
    }

    private static Map.Entry<String, AuditedAction> read(String call, String name) {
        return Map.entry(call, new AuditedAction(name, 200, true));
    }

    /** The action of a call, by its method and the pattern of its path below {@code /api/v1}. */
    static Optional<AuditedAction> of(String call) {
        return Optional.ofNullable(ALL.get(call));
    }
}
