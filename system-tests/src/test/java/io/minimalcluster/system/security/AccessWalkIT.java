package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls every handler with every method and every kind of key. */
@UseShared(QuietMaster.class)
class AccessWalkIT {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");
    private static final List<String> OPEN_PATHS = List.of("/", "/favicon.ico", "/problems", "/problems/conflict");
    private static final List<String> OPEN_CALLS = List.of("POST /api/v1/session");
    private static final List<String> ACTUATOR = List.of(
            "/actuator",
            "/actuator/info",
            "/actuator/metrics",
            "/actuator/prometheus",
            "/actuator/env",
            "/actuator/heapdump",
            "/actuator/threaddump",
            "/actuator/shutdown",
            "/actuator/loggers",
            "/actuator/beans");

    /** They end the master or its worker, or write files. */
    private static final Set<String> NOT_BY_ADMIN = Set.of("shutdown", "local-worker", "backup");

    private final QuietMaster master;

    AccessWalkIT(QuietMaster master) {
        this.master = master;
    }

    private List<String> handlers() {
        JsonNode document = master.alice()
                .withoutKey()
                .send("GET", "/v3/api-docs", Map.of(), BodyPublishers.noBody())
                .expect(200)
                .json();
        Set<String> paths = new TreeSet<>(document.path("paths").propertyNames());
        paths.addAll(ACTUATOR);
        paths.addAll(OPEN_PATHS);
        return paths.stream()
                .map(path -> path.replaceAll("\\{[^}]*}", "x-unknown"))
                .toList();
    }

    /** The roles of each call, as {@link AuthenticationIT#CALLS} lists them, with other ids. */
    private static Map<String, String> roles() {
        Map<String, String> roles = new TreeMap<>();
        for (String call : AuthenticationIT.CALLS) {
            String[] words = call.split(" ", -1);
            String path = words[1].replaceAll("/(env|job|worker|lease)-x|/x$|(?<=tasks)/0", "/x-unknown");
            roles.put(words[0] + " /api/v1" + path, words[2]);
        }
        return roles;
    }

    private static Response call(Api api, String method, String path) {
        return api.send(
                method,
                path,
                method.equals("POST") ? Map.of("Content-Type", "application/json") : Map.of(),
                method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    }

    private Map<String, Api> invalidCredentials() {
        String revoked = newKey("revoked", "");
        String revokedSession = session(revoked);
        master.admin().delete("/keys/revoked").expect(204);
        String expired = newKey("expired", ",\"expiresAt\":\"" + Instant.now().plusSeconds(2) + "\"");
        Api keyless = master.admin().withoutKey();
        Map<String, Api> invalid = new LinkedHashMap<>();
        invalid.put("no key", keyless);
        invalid.put("wrong key", with("Authorization", "Bearer wrong-key"));
        invalid.put("malformed key", with("Authorization", "Basic d3Jvbmc6a2V5"));
        invalid.put("revoked key", with("Authorization", "Bearer " + revoked));
        invalid.put("expired key", with("Authorization", "Bearer " + expired));
        invalid.put("session of a revoked key", withSession(revokedSession));
        invalid.put("invented session", withSession("mc_session=invented"));
        Await.until("expiry", () -> isRejected(invalid.get("expired key")));
        return invalid;
    }

    private static boolean isRejected(Api api) {
        return api.get("/jobs?limit=1").status() == 401;
    }

    private String newKey(String name, String more) {
        return master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\"" + more + "}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
    }

    private Api with(String header, String value) {
        return master.admin().withHeaders(Map.of(header, value));
    }

    private Api withSession(String cookie) {
        return master.admin().withHeaders(Map.of("Cookie", cookie, "X-Requested-With", "minimalcluster"));
    }

    private String session(String key) {
        String cookie = master.admin()
                .withoutKey()
                .post("/session", "{\"key\":\"" + key + "\"}")
                .expect(200)
                .header("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void noCallIsServedWithoutAValidKey() {
        List<String> unexpected = new ArrayList<>();
        Map<String, Api> invalid = invalidCredentials();
        invalid.put("cookie without the header", with("Cookie", session(newKey("cookie", ""))));
        int sent = 0;
        for (String path : handlers()) {
            for (String method : METHODS) {
                boolean open = OPEN_PATHS.contains(path) || OPEN_CALLS.contains(method + " " + path);
                for (Map.Entry<String, Api> credential : invalid.entrySet()) {
                    int status = call(credential.getValue(), method, path).status();
                    sent++;
                    boolean refused = Set.of(400, 401, 403, 404, 405, 429).contains(status);
                    if (!refused && !(open && status < 400)) {
                        unexpected.add(credential.getKey() + ": " + method + " " + path + " " + status);
                    }
                }
            }
        }
        master.admin().delete("/keys/cookie").expect(204);
        assertThat(sent).isGreaterThan(2_000);
        assertThat(unexpected).isEmpty();
    }

    @Test
    void noRoleIsServedMoreThanItsCalls() {
        Map<String, Api> callers =
                Map.of("c", master.alice(), "w", master.worker(), "o", master.observer(), "a", master.admin());
        Map<String, String> roles = roles();
        List<String> unexpected = new ArrayList<>();
        Set<String> walked = new TreeSet<>();
        for (String path :
                handlers().stream().filter(each -> each.startsWith("/api")).toList()) {
            for (String method : METHODS) {
                String call = method + " " + path;
                String permitted = roles.getOrDefault(method.equals("HEAD") ? "GET " + path : call, "");
                callers.forEach((role, api) -> {
                    if (role.equals("a") && NOT_BY_ADMIN.stream().anyMatch(path::endsWith)) {
                        return;
                    }
                    walked.add(call);
                    int status = call(api, method, path).status();
                    boolean served = status < 400;
                    boolean denied = Set.of(403, 404, 405, 400, 501).contains(status);
                    boolean mayServe = permitted.contains(role) || OPEN_CALLS.contains(call);
                    boolean failed = status >= 500 && status != 501;
                    if (failed || (!mayServe && (served || !(denied || status == 429)))) {
                        unexpected.add(role + ": " + call + " " + status);
                    }
                });
            }
        }
        assertThat(walked).containsAll(roles.keySet());
        assertThat(unexpected).isEmpty();
    }
}
