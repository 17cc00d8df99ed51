package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sends NUL and other control characters in every text of a user. SQLite and PostgreSQL answer alike. */
@Tag("postgres")
@UseShared(QuietMaster.class)
class ControlCharactersIT {
    private static final List<String> CHARACTERS = List.of("\\u0000", "\\u0001", "\\u001b", "\\r\\n", "\\u007f");

    private final QuietMaster master;

    ControlCharactersIT(QuietMaster master) {
        this.master = master;
    }

    /** Bodies with a tilde for a control character, and the status that each control character gets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "/environments| {'name':'a~b','sources':{'A.java':'int f() { return 1; }'}} |400 422",
                "/environments| {'sources':{'A~.java':'int f() { return 1; }'}} |400 422",
                "/functions| {'name':'a~b','environmentId':'$','method':'f'} |400 422",
                "/functions| {'name':'ab','environmentId':'$','method':'f~'} |400 404 422",
                "/functions| {'name':'ab','environmentId':'env-~','method':'f'} |400 404 422",
                "/jobs| {'function':'a~b','args':[1]} |400 404 422",
                "/jobs| {'environmentId':'env-~','method':'f','args':[1]} |400 404 422",
                "/jobs| {'environmentId':'$','method':'f~','args':[1]} |400 404 422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'name':'a~'}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'labels':{'a~':'b'}}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'labels':{'a':'b~'}}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'requires':{'a~':'b'}}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'requires':{'a':'b~'}}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'retryOn':['a~']}} |422",
                "/jobs| {'environmentId':'$','method':'f','args':[1],'options':{'reduce':'sum~'}} |422",
                "/keys| {'name':'a~b','role':'client'} |400 422",
                "/keys| {'name':'ab','role':'client~'} |400 422",
                "/session| {'key':'a~b'} |401 429",
                "/workers| {'name':'a~b','slots':1,'labels':{},'isolation':'process','version':'1','javaVersion':'25','pid':1,'protocol':1} |400",
                "/workers| {'name':'ab','slots':1,'labels':{'a':'b~'},'isolation':'process','version':'1','javaVersion':'25','pid':1,'protocol':1} |400",
                "/workers| {'name':'ab','slots':1,'labels':{},'isolation':'process','version':'1~','javaVersion':'25','pid':1,'protocol':1} |400",
                "/workers| {'name':'ab','slots':1,'labels':{},'isolation':'process','version':'1','javaVersion':'25','pid':1,'protocol':1,'host':'h~'} |400",
                "/workers| {'name':'ab','slots':1,'labels':{},'isolation':'process','version':'1','javaVersion':'25','pid':1,'protocol':1,'replaces':'worker-~'} |400",
                "/workers/worker-x/poll| {'requestId':'a~','slots':1,'held':[]} |400 410",
            })
    void controlCharacterInABodyIsRefused(String path, String body, String statuses) {
        String environment = master.admin().load("int f(int x) { return x; }");
        Api caller = path.startsWith("/workers") ? master.worker() : master.admin();
        for (String character : CHARACTERS) {
            String json = body.replace('\'', '"').replace("$", environment).replace("~", character);
            Response response = caller.post(path, json);
            assertThat(List.of(statuses.strip().split(" ", -1)))
                    .as("%s %s: %s", path, json, response.text())
                    .contains(String.valueOf(response.status()));
            assertThat(response.text()).doesNotContain("can't be stored");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /audit?who=%00, 400",
        "GET, /audit?action=a%00b, 400",
        "GET, /jobs?state=%00, 400",
        "GET, /jobs?label=a%00b, 400",
        "GET, /jobs?after=%00, 400",
        "GET, /workers?state=%00, 400",
        "GET, /jobs/job-%00, 400",
        "DELETE, /keys/a%00b, 400",
        "DELETE, /functions/a%00b, 400",
        "GET, /environments/env-%00, 400",
        "POST, /environments?name=a%00b, 400",
        "POST, /run?function=a%00b&args=1, 400",
        "POST, /jobs?function=a%00b, 400"
    })
    void nulInAnAddressIsRefused(String method, String path, int status) {
        Response response = master.admin()
                .send(
                        method,
                        "/api/v1" + path,
                        Map.of("Content-Type", path.startsWith("/jobs") ? "application/x-ndjson" : "text/plain"),
                        BodyPublishers.ofString(method.equals("POST") ? "1" : ""));
        response.problem(status, "malformed-request");
    }

    @Test
    void controlCharactersOfTasksAreKept() {
        Api api = master.alice();
        String job = api.start(
                "String echo(String text) { return text; }",
                "echo",
                "[\"a\\u0000b\\u001b\\u007f\",\"!\\u0000\\r\\n\\u0001\"]",
                "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("controls");
        JsonNode batch = worker.takeBatch();
        assertThat(batch.path("args").get(0).asString()).isEqualTo("a\0b\u001b\u007f");
        worker.results(batch.path("leaseId").asString(), """
                {"first":0,"count":2,"values":["a\\u0000b\\u001b\\u007f",null],"micros":[],"done":true,
                 "errors":[{"index":1,"kind":"exception","type":"java.lang.IllegalStateException",
                            "message":"!\\u0000\\r\\n\\u0001","stackTrace":[],"attempts":1}],
                 "output":[{"index":0,"text":"a\\u0000b\\u001b\\u007f","truncated":false}]}""").expect(200);
        api.ended(job);

        assertThat(api.get("/jobs/" + job + "/results").expect(200).lines()).hasSize(2);
        JsonNode returned = api.get("/jobs/" + job + "/tasks/0").expect(200).json();
        assertThat(returned.path("value").asString()).isEqualTo("a\0b\u001b\u007f");
        assertThat(returned.path("output").asString()).contains("a").contains("b");
        JsonNode failed = api.get("/jobs/" + job + "/tasks/1").expect(200).json();
        assertThat(failed.path("error").path("message").asString()).isEqualTo("!\0\r\n\u0001");
        assertThat(Json.read(api.get("/jobs/" + job + "/values").bytes()).get(0).asString())
                .isEqualTo("a\0b\u001b\u007f");
    }

    @Test
    void controlCharactersInSourcesAreDiagnosed() {
        for (String type : List.of("text/plain", "application/json")) {
            String text = type.equals("text/plain")
                    ? "int f(int x) { return \0x; }"
                    : "{\"sources\":{\"A.java\":\"int f(int x) { return \\u0000x; }\"}}";
            master.admin().post("/environments", type, text).problem(422, "compilation-failed");
        }
    }
}
