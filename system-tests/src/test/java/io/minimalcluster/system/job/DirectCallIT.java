package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Compares the answers of frequent calls, which bypass Spring MVC, with those of the same calls in another form. */
@UseShared(MasterProcess.class)
class DirectCallIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    /** This form is as valid, and the master answers it with a handler of Spring MVC. */
    private static final String OTHER_ACCEPT = "text/html, application/json";

    /** The job goes before the jobs of other tests, as one batch. */
    private static final String FIRST = "{\"priority\":9,\"batchSize\":3}";

    private final Api plain;
    private final Api other;
    private final String environment;

    DirectCallIT(MasterProcess master) {
        this.plain = master.api();
        this.other = plain.withHeaders(
                Map.of("Authorization", "Bearer " + master.read("authkey").strip(), "Accept", OTHER_ACCEPT));
        this.environment = plain.load(SQUARE);
    }

    private static Map<String, String> described(Response response) {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("status", String.valueOf(response.status()));
        for (String header :
                new String[] {"Content-Type", "Cache-Control", "Content-Security-Policy", "Retry-After", "Allow"}) {
            description.put(header, response.header(header));
        }
        description.put("Location", withoutIds(response.header("Location")));
        description.put("body", withoutIds(response.text()));
        return description;
    }

    private static String withoutIds(String text) {
        return text.replaceAll("(job|lease|worker|env)-[0-9a-z]+", "$1-*")
                .replaceAll("\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"", "\"TIME\"")
                .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"*\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/jobs | {'environmentId':'ENV','method':'square','args':[1,2]} | 202",
                "/jobs | {'environmentId':'ENV','method':'square','args':{'range':{'from':0,'to':5}}} | 202",
                "/jobs | {'environmentId':'ENV','method':'square','args':[]} | 202",
                "/jobs | {'environmentId':'ENV','method':'square','args':['a']} | 422",
                "/jobs | {'environmentId':'ENV','method':'cube','args':[1]} | 422",
                "/jobs | {'environmentId':'env-0','method':'square','args':[1]} | 404",
                "/jobs | {'function':'unknown','args':[1]} | 422",
                "/jobs | {'environmentId':'ENV','method':'square','args':[1],'more':1} | 400",
                "/jobs | {'environmentId':'ENV','method':'square','args':[1],'options':{'priority':99999}} | 422",
                "/jobs | {'environmentId': | 400",
                "/jobs | null | 400",
                "/workers/worker-0/poll?wait=0s | {'requestId':'a','slots':1,'held':[]} | 410",
                "/workers/worker-0/poll?wait=long | {'requestId':'a','slots':1,'held':[]} | 400",
                "/workers/WORKER/poll?wait=0s | {'requestId':'a','slots':-1,'held':[]} | 422",
                "/workers/WORKER/poll?wait=0s | {'requestId':'a','slots':0,'held':[]} | 204",
                "/workers/WORKER/poll?wait=0s | {'requestId':'a','slots':'b','held':[]} | 400",
                "/workers/WORKER/poll?wait=0s | null | 400",
                "/workers/WORKER/poll?wait=0s | [] | 400",
                "/workers/WORKER/heartbeat | {'leases':[]} | 204",
                "/workers/WORKER/heartbeat | {'leases':1} | 400",
                "/workers/worker-0/heartbeat | {'leases':[]} | 410",
                "/workers/WORKER/leases/lease-0/results | {'first':0,'count':1,'values':[1],'micros':[],'done':true} | 409",
                "/workers/WORKER/leases/lease-0/results | {'first':0,'count':2,'values':[1],'micros':[]} | 400",
                "/workers/WORKER/leases/lease-0/results | {'first':0 | 400",
            })
    void postHasTheSameAnswerInBothForms(String path, String body, int status) {
        RawWorker worker = RawWorker.register(plain, "direct");
        String target = path.replace("WORKER", worker.id());
        String json = body.replace('\'', '"').replace("ENV", environment);

        Response direct = plain.post(target, json).expect(status);

        assertThat(described(direct)).isEqualTo(described(other.post(target, json)));
        worker.leave();
    }

    @Test
    void valuesHaveTheSameAnswerInBothForms() {
        String job = plain.submit(environment, "square", "[1,2,3]", FIRST)
                .json()
                .path("id")
                .asString();
        String path = "/jobs/" + job + "/values";
        assertSame(path, 409);
        assertSame(path + "?wait=1ms", 409);
        assertSame(path + "?wait=soon", 400);
        assertSame("/jobs/job-0/values", 404);
        RawWorker worker = RawWorker.register(plain, "direct");
        String lease = worker.takeBatch().path("leaseId").asString();
        worker.results(lease, 0, 3, "1,4,9", true).expect(200);

        JsonNode values = assertSame(path, 200).json();

        assertThat(values.toString()).isEqualTo("[1,4,9]");
        worker.leave();
    }

    private Response assertSame(String path, int status) {
        Response direct = plain.get(path).expect(status);
        assertThat(described(direct)).as(path).isEqualTo(described(other.get(path)));
        return direct;
    }

    @Test
    void resultsAndPollsHaveTheSameAnswerInBothForms() {
        RawWorker worker = RawWorker.register(plain, "direct");
        Map<Boolean, String> answers = new LinkedHashMap<>();
        for (boolean isPlain : new boolean[] {true, false}) {
            plain.submit(environment, "square", "[1,2,3]", FIRST).expect(202);
            RawWorker form = worker.through(isPlain ? plain : other);
            Response poll = form.poll(1, "5s").expect(200);
            String lease = poll.json().path("batches").path(0).path("leaseId").asString();
            Response results = form.results(lease, 0, 3, "1,4,9", true).expect(200);
            answers.put(isPlain, withoutIds(poll.text() + described(results)));
        }
        worker.leave();

        assertThat(answers.get(true)).isEqualTo(answers.get(false));
    }
}
