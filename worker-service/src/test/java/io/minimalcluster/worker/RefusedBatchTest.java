package io.minimalcluster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.fake.FakeBatch;
import io.minimalcluster.worker.fake.InjectedFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A batch that the worker cannot read or run is refused, and the worker runs its other batches. */
class RefusedBatchTest extends FakeMasterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"args\":[7,8]  | \"args\":[7]     | 1 arguments for 2 tasks",
                "\"args\":[7,8]  | \"args\":[7,nope] | args: ",
                "\"args\":[7,8]  | \"laterArgs\":1  | without an environment or arguments",
                "\"count\":2     | \"count\":{}     | count: ",
                "\"attempt\":1   | \"attempt\":\"x\"| attempt: "
            })
    void unreadableBatchIsRefusedOnceAndOthersRun(String part, String replacement, String reason) throws Exception {
        master.offer(FakeBatch.of("bad", 7, 2).replacing(part, replacement), FakeBatch.of("good", 3, 1));
        worker.start();
        master.events().await("refused bad");
        master.events().await("done good");
        assertThat(master.outcomes()).isEqualTo(Map.of(3L, "9"));
        assertThat(master.events().count("refused bad")).isEqualTo(1);
        assertThat(refusal("bad").get("refused").asString()).contains(reason);
        assertThat(refusal("bad").has("errors")).isFalse();
    }

    @Test
    void tooDeepArgumentIsRefusedAndOthersRun() throws Exception {
        String deep = "[".repeat(1000) + "]".repeat(1000);
        master.offer(
                FakeBatch.of("bad", 0, 1).replacing("\"args\":[0]", "\"args\":[" + deep + "]"),
                FakeBatch.of("good", 3, 1));
        worker.start();
        master.events().await("refused bad");
        master.events().await("done good");
        assertThat(refusal("bad").get("refused").asString()).contains("levels");
        assertThat(worker.isConnected()).isTrue();
    }

    @Test
    void batchOfAMissingBundleIsRefused() throws Exception {
        master.inject(InjectedFault.problem("bundle", 404, "not-found"));
        master.offer(FakeBatch.of("bad", 0, 1));
        worker.start();
        master.events().await("refused bad");
        master.offer(FakeBatch.of("good", 3, 1));
        master.events().await("done good");
    }

    @Test
    void batchThatFailsRepeatedlyIsRefused() throws Exception {
        worker.start();
        for (int i = 1; i <= 3; i++) {
            master.offer(FakeBatch.of("bad-" + i, 666, 1));
            master.events().await("done bad-" + i);
        }
        assertThat(master.events().all()).doesNotContain("refused bad-1", "refused bad-2");
        assertThat(refusal("bad-3").get("refused").asString()).contains("no executor can be started");
        assertThat(worker.selfTestFailure()).isEmpty();
    }

    @Test
    void batchOfABrokenWorkerIsReturned() throws Exception {
        executor.setFailure("no memory");
        master.offer(FakeBatch.of("lease-1", 0, 1));
        worker.start();
        master.events().await("done lease-1");
        assertThat(master.events().all()).doesNotContain("refused lease-1");
    }

    private JsonNode refusal(String lease) {
        List<String> events = master.events().all();
        assertThat(events).contains("refused " + lease);
        return master.results().stream()
                .filter(part -> part.has("refused"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
