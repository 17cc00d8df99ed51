package io.minimalcluster.master.security.access;

import static io.minimalcluster.master.security.Role.ADMIN;
import static io.minimalcluster.master.security.Role.CLIENT;
import static io.minimalcluster.master.security.Role.OBSERVER;
import static io.minimalcluster.master.security.Role.WORKER;
import static io.minimalcluster.master.security.access.AccessRule.open;
import static io.minimalcluster.master.security.access.AccessRule.rule;

import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.security.session.SessionCookie;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;

/** The complete list of access rules. A call without a rule is denied for every role but admin. */
final class AccessRules {
    private static final Set<Role> CLIENTS = Set.of(CLIENT);
    private static final Set<Role> READERS = Set.of(CLIENT, OBSERVER);
    private static final Set<Role> OBSERVERS = Set.of(OBSERVER);
    private static final Set<Role> WORKERS = Set.of(WORKER);
    private static final Set<Role> ALL_ROLES = Set.of(CLIENT, WORKER, OBSERVER, ADMIN);
    private static final Set<Role> ADMINS = Set.of(ADMIN);

    private static final String API = "/api/v1";
    private static final String JOB = API + "/jobs/{id}";
    private static final String WORKER_ID = API + "/workers/{id}";

    static final List<AccessRule> ALL = List.of(
            open("GET", "/", "/favicon.ico", "/dashboard/{file}", "/dashboard/lib/{file}"),
            open("GET", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"),
            open("GET", "/actuator/health/cluster"),
            open("GET", "/problems", "/problems/{slug}"),
            open("GET", "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config"),
            open("GET", "/swagger-ui.html", "/swagger-ui/{file}"),
            open("POST", SessionCookie.CALL),
            rule("DELETE", ALL_ROLES, SessionCookie.CALL),
            rule("POST", ALL_ROLES, SessionCookie.CALL + "/code"),
            rule("GET", OBSERVERS, "/actuator", "/actuator/info", "/actuator/metrics", "/actuator/metrics/{name}"),
            rule("GET", OBSERVERS, "/actuator/prometheus"),
            // environments
            rule("POST", CLIENTS, API + "/environments"),
            rule("GET", READERS, API + "/environments", API + "/environments/{id}"),
            rule("GET", CLIENTS, API + "/environments/{id}/sources"),
            rule("GET", WORKERS, API + "/environments/{id}/bundle"),
            rule("DELETE", CLIENTS, API + "/environments/{id}"),
            // functions
            rule("POST", CLIENTS, API + "/functions"),
            rule("GET", READERS, API + "/functions", API + "/functions/{name}"),
            rule("DELETE", CLIENTS, API + "/functions/{name}"),
            // jobs
            rule("POST", CLIENTS, API + "/jobs", API + "/run"),
            rule("GET", READERS, API + "/jobs", JOB, JOB + "/events", JOB + "/explain", JOB + "/timeline"),
            rule("GET", CLIENTS, JOB + "/values", JOB + "/results", JOB + "/tasks/{index}"),
            rule("POST", CLIENTS, JOB + "/cancel", JOB + "/pause", JOB + "/resume", JOB + "/retry"),
            rule("DELETE", CLIENTS, JOB),
            // workers
            rule("POST", WORKERS, API + "/workers", WORKER_ID + "/poll", WORKER_ID + "/heartbeat"),
            rule("POST", WORKERS, WORKER_ID + "/leases/{leaseId}/results"),
            rule("GET", WORKERS, WORKER_ID + "/leases/{leaseId}/shared"),
            rule("DELETE", WORKERS, WORKER_ID),
            rule("GET", READERS, API + "/workers"),
            rule("POST", ADMINS, WORKER_ID + "/drain", WORKER_ID + "/resume"),
            // the cluster
            rule("GET", READERS, API + "/cluster"),
            rule("POST", ADMINS, API + "/cluster/local-worker", API + "/cluster/shutdown"),
            rule("POST", ADMINS, API + "/cluster/backup"),
            rule("DELETE", ADMINS, API + "/cluster/local-worker"),
            rule("GET", ADMINS, API + "/audit", API + "/keys"),
            rule("POST", ADMINS, API + "/keys"),
            rule("DELETE", ADMINS, API + "/keys/{name}"));

    /** The rules by method and number of path elements. No pattern matches paths of different lengths. */
    private static final Map<Shape, List<AccessRule>> BY_SHAPE = byShape();

    private AccessRules() {}

    private static Map<Shape, List<AccessRule>> byShape() {
        Map<Shape, List<AccessRule>> rules = new HashMap<>();
        ALL.forEach(rule -> rule.methods()
                .forEach(method -> rule.lengths()
                        .forEach(length -> rules.computeIfAbsent(new Shape(method, length), _ -> new ArrayList<>())
                                .add(rule))));
        return rules;
    }

    /** The rule for a call, if any. */
    static Optional<AccessRule> of(String method, PathContainer path) {
        return BY_SHAPE.getOrDefault(new Shape(method, path.elements().size()), List.of()).stream()
                .filter(rule -> rule.hasPath(path))
                .findFirst();
    }

    private record Shape(String method, int length) {}

    /** Methods with a rule for the path; empty for an unknown path. */
    static Set<String> methods(PathContainer path) {
        return ALL.stream()
                .filter(rule -> rule.hasPath(path))
                .flatMap(rule -> rule.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
