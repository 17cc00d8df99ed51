package io.minimalcluster.worker.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.master.Batch.Arguments;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollResponseReaderTest {
    private static final String BATCH = """
            {"leaseId":"lease-1","jobId":"job-1","environmentId":"env-1","scope":"o","method":"f(long)",\
            "first":7,"count":3,"args":[ 1e2 , {"a":"]\\""} ,null],"attempt":2,"taskTimeoutSeconds":1.5,\
            "maxResultBytes":99,"network":true,"later":[[]]}""";

    @Test
    void argumentsStayUnparsed() throws Exception {
        PollResponse response = read("{\"batches\":[" + BATCH + "],\"later\":{\"batches\":[1]}}");
        Batch batch = response.batches().getFirst();
        assertThat(batch.leaseId()).isEqualTo(new LeaseId("lease-1"));
        assertThat(batch.scope()).isEqualTo("o");
        assertThat(batch.indexAt(2)).isEqualTo(9);
        assertThat(batch.placeOf(2)).isEqualTo(9);
        assertThat(batch.positionOf(9)).isEqualTo(2);
        assertThat(batch.attempt()).isEqualTo(2);
        assertThat(batch.taskTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(batch.maxResultBytes()).isEqualTo(99);
        assertThat(batch.network()).isTrue();
        assertThat(batch.arguments())
                .isInstanceOfSatisfying(
                        Arguments.Listed.class,
                        listed -> assertThat(new String(listed.json(), UTF_8))
                                .isEqualTo("[ 1e2 , {\"a\":\"]\\\"\"} ,null]"));
        assertThat(response.drain()).contains(false);
    }

    @Test
    void ordersAreRead() throws Exception {
        PollResponse response = read("{\"batches\":[],\"shrunk\":[{\"leaseId\":\"lease-2\",\"end\":120,\"x\":1}],"
                + "\"stop\":[\"lease-3\"],\"drain\":true}");
        assertThat(response.shrunk()).containsExactly(new Shrink(new LeaseId("lease-2"), 120));
        assertThat(response.stop()).containsExactly(new LeaseId("lease-3"));
        assertThat(response.drain()).contains(true);
    }

    @Test
    void rangesAndIndexesAreRead() throws Exception {
        String batch =
                "{\"leaseId\":\"l\",\"jobId\":\"j\",\"environmentId\":\"e\",\"method\":\"f\",\"first\":0,\"count\":2,"
                        + "\"indexes\":[8,3],\"range\":{\"from\":100,\"step\":-5},\"args\":null}";
        Batch read = read("{\"batches\":[" + batch + "]}").batches().getFirst();
        assertThat(read.indexAt(1)).isEqualTo(3);
        assertThat(read.placeOf(1)).isEqualTo(1);
        assertThat(read.positionOf(5)).isEqualTo(2);
        assertThat(read.arguments())
                .isInstanceOfSatisfying(
                        Arguments.Range.class,
                        range -> assertThat(new String(range.listed(read), UTF_8))
                                .isEqualTo("[60,85]"));
        assertThat(read.taskTimeout()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"batches\":{}}",
                "{\"batches\":[{}]}",
                "{\"batches\":[{\"leaseId\":\"l\",\"environmentId\":\"e\",\"count\":0,\"args\":[]}]}",
                "{\"batches\":[{\"leaseId\":\"l\",\"environmentId\":\"e\",\"count\":1}]}",
                "{\"batches\":[{\"leaseId\":\"l\",\"environmentId\":\"e\",\"count\":2,\"indexes\":[1],\"args\":[1,2]}]}",
                "{\"batches\":[{\"leaseId\":\"l\",\"environmentId\":\"e\",\"count\":null,\"args\":[1]}]}",
                "{\"shrunk\":[{\"leaseId\":\"l\"}]}",
                "{\"batches\":[]}x"
            })
    void invalidResponseIsRejected(String json) {
        assertThatIOException().isThrownBy(() -> read(json));
    }

    private static PollResponse read(String json) throws java.io.IOException {
        return PollResponseReader.read(json.getBytes(UTF_8));
    }
}
