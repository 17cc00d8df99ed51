package io.minimalcluster.master.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.security.key.KeyRing;
import io.minimalcluster.master.security.key.KeyRing.NewSecret;
import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.pattern.PathPattern;

/** Access of every role to every endpoint. */
class AccessRulesTest {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW");
    private static final List<Role> COLUMNS = List.of(Role.CLIENT, Role.WORKER, Role.OBSERVER, Role.ADMIN);
    private static final Set<Integer> DENIED = Set.of(401, 403, 404, 405);

    @TempDir
    static Path data;

    static RunningMaster master;
    static final Map<Role, String> keys = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        List<String> settings = new ArrayList<>();
        for (Role role : Role.values()) {
            NewSecret secret = KeyRing.newSecret();
            keys.put(role, secret.secret());
            String key = "--minimalcluster.keys[" + (keys.size() - 1) + "].";
            settings.add(key + "name=the-" + role.name().toLowerCase(Locale.ROOT));
            settings.add(key + "role=" + role.name().toLowerCase(Locale.ROOT));
            settings.add(key + "sha256=" + secret.sha256());
        }
        master = RunningMaster.start(data, settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static RawResponse call(Role role, String method, String path) throws IOException {
        return master.call(method, path).key(keys.getOrDefault(role, "")).send();
    }

    /** The last column has y (allowed) or n (denied) for client, worker, observer and admin. */
    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/environments,                   ynny",
        "GET,    /api/v1/environments,                   ynyy",
        "GET,    /api/v1/environments/env-1,             ynyy",
        "GET,    /api/v1/environments/env-1/sources,     ynny",
        "GET,    /api/v1/environments/env-1/bundle,      nyny",
        "DELETE, /api/v1/environments/env-1,             ynny",
        "POST,   /api/v1/functions,                      ynny",
        "GET,    /api/v1/functions,                      ynyy",
        "GET,    /api/v1/functions/f,                    ynyy",
        "DELETE, /api/v1/functions/f,                    ynny",
        "POST,   /api/v1/jobs,                           ynny",
        "POST,   /api/v1/run,                            ynny",
        "GET,    /api/v1/jobs,                           ynyy",
        "GET,    /api/v1/jobs/job-1,                     ynyy",
        "GET,    /api/v1/jobs/job-1/events,              ynyy",
        "GET,    /api/v1/jobs/job-1/explain,             ynyy",
        "GET,    /api/v1/jobs/job-1/timeline,            ynyy",
        "GET,    /api/v1/jobs/job-1/values,              ynny",
        "GET,    /api/v1/jobs/job-1/results,             ynny",
        "GET,    /api/v1/jobs/job-1/tasks/0,             ynny",
        "POST,   /api/v1/jobs/job-1/cancel,              ynny",
        "POST,   /api/v1/jobs/job-1/pause,               ynny",
        "POST,   /api/v1/jobs/job-1/resume,              ynny",
        "POST,   /api/v1/jobs/job-1/retry,               ynny",
        "DELETE, /api/v1/jobs/job-1,                     ynny",
        "POST,   /api/v1/workers,                        nyny",
        "POST,   /api/v1/workers/w/poll,                 nyny",
        "POST,   /api/v1/workers/w/heartbeat,            nyny",
        "POST,   /api/v1/workers/w/leases/l/results,     nyny",
        "DELETE, /api/v1/workers/w,                      nyny",
        "GET,    /api/v1/workers,                        ynyy",
        "POST,   /api/v1/workers/w/drain,                nnny",
        "POST,   /api/v1/workers/w/resume,               nnny",
        "GET,    /api/v1/cluster,                        ynyy",
        "POST,   /api/v1/cluster/local-worker,           nnny",
        "DELETE, /api/v1/cluster/local-worker,           nnny",
        "POST,   /api/v1/cluster/shutdown,               nnny",
        "POST,   /api/v1/cluster/backup,                 nnny",
        "POST,   /api/v1/session/code,                   yyyy",
        "GET,    /api/v1/audit,                          nnny",
        "GET,    /api/v1/keys,                           nnny",
        "POST,   /api/v1/keys,                           nnny",
        "DELETE, /api/v1/keys/k,                         nnny",
        "GET,    /actuator/metrics,                      nnyy",
        "GET,    /actuator/info,                         nnyy",
        "GET,    /actuator/prometheus,                   nnyy",
        "GET,    /actuator,                              nnyy",
    })
    void rolesMayCallTheirEndpointsOnly(String method, String path, String access) throws IOException {
        for (int i = 0; i < access.length(); i++) {
            Role role = COLUMNS.get(i);
            RawResponse response = call(role, method, path);
            response.hasCommonHeaders();
            if (access.charAt(i) == 'n') {
                response.isProblem(403, "forbidden");
            } else {
                assertThat(response.status()).as("%s %s", role, response).isNotIn(401, 403);
            }
        }
    }

    private static boolean isOpen(String method, PathPattern pattern) {
        return AccessRules.ALL.stream()
                .anyMatch(rule -> rule.isOpen()
                        && rule.methods().contains(method)
                        && rule.paths().contains(pattern));
    }

    @Test
    void onlyOpenEndpointsRespondWithoutAKey() throws IOException {
        for (AccessRule rule : AccessRules.ALL) {
            for (var pattern : rule.paths()) {
                String path = pattern.getPatternString().replaceAll("\\{[a-zA-Z]+}", "not-found");
                for (String method : METHODS) {
                    RawResponse response = master.call(method, path).send();
                    if (isOpen(method, pattern)) {
                        assertThat(response.status()).as(path).isNotIn(401, 403);
                    } else if (method.equals("HEAD")) {
                        assertThat(response.status()).isEqualTo(401);
                    } else {
                        response.isProblem(401, "unauthenticated");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/error",
                "/api",
                "/api/v1",
                "/api/v2/jobs",
                "/favicon.ico/x",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/shutdown",
                "/actuator/beans",
                "/actuator/health/db",
                "/actuator/health/liveness/x",
                "/login",
                "/logout",
                "/problems/not-found/x",
                "/application.yaml",
                "/session",
                "/*"
            })
    void unlistedEndpointIsDenied(String path) throws IOException {
        master.call("GET", path).send().isProblem(401, "unauthenticated");
        for (Role role : List.of(Role.CLIENT, Role.WORKER, Role.OBSERVER)) {
            call(role, "GET", path).isProblem(404, "not-found");
        }
        assertThat(call(Role.ADMIN, "GET", path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/jobs",
                "/api/v1//jobs",
                "/./api/v1/jobs",
                "/problems/../api/v1/jobs",
                "/problems/%2e%2e/api/v1/jobs",
                "/problems/..;/api/v1/jobs",
                "/api/v1/jobs;x=y",
                "/problems;/x",
                "/problems/%2fapi",
                "/problems/%5c..",
                "/problems/%00",
                "/problems/%25",
                "/problems/a%0d%0ab"
            })
    void unusualPathsDoNotBypassAccessRules(String path) throws IOException {
        RawResponse response = master.call("GET", path).send();
        assertThat(response.status()).as("%s", response).isIn(400, 401, 404);
        response.hasCommonHeaders();
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void wrongMethodIsAnsweredWithAllow() throws IOException {
        for (Role role : Role.values()) {
            RawResponse response = call(role, "PUT", "/api/v1/jobs");
            response.isProblem(405, "method-not-allowed");
            assertThat(response.header("Allow")).contains("GET").contains("POST");
            call(role, "BREW", "/api/v1/jobs").isProblem(405, "method-not-allowed");
        }
    }

    @Test
    void methodCannotBeOverridden() throws IOException {
        RawResponse response = master.call("POST", "/api/v1/jobs/job-1?_method=DELETE")
                .key(keys.getOrDefault(Role.CLIENT, ""))
                .header("X-HTTP-Method-Override", "DELETE")
                .body("application/x-www-form-urlencoded", "_method=DELETE")
                .send();
        response.isProblem(405, "method-not-allowed");
    }

    @Test
    void roleIsDeniedEndpointsOfOtherRoles() throws IOException {
        assertThat(call(Role.CLIENT, "GET", "/api/v1/environments").body()).isEqualTo("the-client [CLIENT]");
        assertThat(DENIED)
                .contains(call(Role.WORKER, "GET", "/api/v1/environments").status());
    }

    @Test
    void crossOriginPreflightIsRejected() throws IOException {
        master.call("OPTIONS", "/api/v1/jobs")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .send()
                .isProblem(401, "unauthenticated");
    }

    @Test
    void asynchronousHandlerKnowsItsCaller() throws IOException {
        assertThat(call(Role.CLIENT, "GET", "/api/v1/workers").body()).isEqualTo("the-client");
    }
}
