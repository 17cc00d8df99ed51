package io.minimalcluster.worker.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.master.Batch.Arguments;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        assertThat(batch.reportedPosition(2)).isEqualTo(9);
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
        assertThat(read.reportedPosition(1)).isEqualTo(1);
        assertThat(read.positionOf(5)).isEqualTo(2);
        assertThat(read.arguments())
                .isInstanceOfSatisfying(
                        Arguments.Range.class,
                        range -> assertThat(new String(range.listed(read), UTF_8))
                                .isEqualTo("[60,85]"));
        assertThat(read.taskTimeout()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"batches\":{}}", "{\"batches\":[]}x", "<html>"})
    void invalidResponseWithoutALeaseIsRejected(String json) {
        assertThatIOException().isThrownBy(() -> read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"count\":0,\"args\":[]",
                "\"count\":1",
                "\"count\":1,\"args\":null",
                "\"count\":1,\"args\":7",
                "\"count\":1,\"args\":[1],\"range\":{\"from\":0,\"step\":1}",
                "\"count\":1,\"range\":{\"from\":0}",
                "\"count\":1,\"range\":{\"from\":1e99,\"step\":1}",
                "\"count\":2,\"args\":[1]",
                "\"count\":1,\"args\":[1,2]",
                "\"count\":2,\"indexes\":[1],\"args\":[1,2]",
                "\"count\":null,\"args\":[1]",
                "\"count\":\"many\",\"args\":[1]",
                "\"count\":1,\"args\":[nope]",
                "\"count\":1,\"args\":[{\"a\"}]",
                "\"count\":1,\"args\":[1],\"taskTimeoutSeconds\":[]",
                "\"count\":1,\"args\":[1],\"network\":null",
                "\"count\":1,\"args\":[1],\"environmentId\":\"\"",
                "\"count\":1,\"args\":[1],\"first\":-1"
            })
    void unreadableBatchAffectsNoOtherBatch(String members) throws Exception {
        PollResponse response =
                read("{\"batches\":[{\"leaseId\":\"bad\",\"environmentId\":\"e\"," + members + "}," + BATCH + "]}");
        assertThat(response.batches())
                .extracting(batch -> batch.leaseId().value())
                .containsExactly("bad", "lease-1");
        assertThat(response.batches().getFirst().arguments()).isInstanceOf(Arguments.Unreadable.class);
        assertThat(response.batches().getLast().arguments()).isInstanceOf(Arguments.Listed.class);
    }

    @Test
    void unreadableBatchHasItsFirstPlace() throws Exception {
        PollResponse response = read("{\"batches\":[{\"args\":[}],\"first\":70,\"leaseId\":\"bad\",\"count\":1}]}");
        assertThat(response.batches().getFirst().leaseId()).isEqualTo(new LeaseId("bad"));
        assertThat(response.batches().getFirst().arguments()).isInstanceOf(Arguments.Unreadable.class);
        PollResponse readable = read(
                "{\"batches\":[{\"args\":7,\"first\":70,\"leaseId\":\"bad\",\"environmentId\":\"e\",\"count\":1}]}");
        assertThat(readable.batches().getFirst().reportedPosition(0)).isEqualTo(70);
    }

    @Test
    void batchWithoutALeaseIsIgnored() throws Exception {
        PollResponse response = read("{\"batches\":[{},7,{\"leaseId\":\"\"}," + BATCH + "]}");
        assertThat(response.batches())
                .extracting(batch -> batch.leaseId().value())
                .containsExactly("lease-1");
    }

    @Test
    void unreadableOrderAffectsNoBatch() throws Exception {
        PollResponse response =
                read("{\"shrunk\":[{\"leaseId\":\"l\"}],\"stop\":7,\"drain\":\"no\",\"batches\":[" + BATCH + "]}");
        assertThat(response.batches()).hasSize(1);
        assertThat(response.shrunk()).isEmpty();
    }

    @Test
    void leasesOfACutResponseAreUnreadable() throws Exception {
        String whole = "{\"batches\":[" + BATCH + "]}";
        PollResponse response = read(whole.substring(0, whole.length() - 5));
        assertThat(response.batches().getFirst().leaseId()).isEqualTo(new LeaseId("lease-1"));
        assertThat(response.batches().getFirst().arguments())
                .isInstanceOfSatisfying(
                        Arguments.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("the text ends early"));
    }

    @Test
    void envelopeCountsAgainstNoLimit() throws Exception {
        String deep = "[".repeat(JsonLimits.MAX_DEPTH) + "]".repeat(JsonLimits.MAX_DEPTH);
        String digits = "9".repeat(100_000);
        String text = '"' + "x".repeat(5_000_000) + '"';
        String members = IntStream.range(0, 200_000)
                .mapToObj(i -> "\"m" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
        String batch =
                "{\"leaseId\":\"l\",\"jobId\":\"j\",\"environmentId\":\"e\",\"method\":\"f\",\"first\":0,\"count\":4,"
                        + "\"args\":[" + String.join(",", deep, digits, text, members) + "]}";
        Batch read = read("{\"later\":" + "[".repeat(5000) + "]".repeat(5000) + ",\"batches\":[" + batch + "]}")
                .batches()
                .getFirst();
        assertThat(read.arguments()).isInstanceOf(Arguments.Listed.class);
    }

    @Test
    void tooDeepArgumentIsUnreadable() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        PollResponse response = read("{\"batches\":[" + BATCH.replace("null]", deep + "]") + ","
                + BATCH.replace("lease-1", "lease-2") + "]}");
        assertThat(response.batches().getFirst().arguments()).isInstanceOf(Arguments.Unreadable.class);
        assertThat(response.batches().getLast().arguments()).isInstanceOf(Arguments.Listed.class);
    }

    private static PollResponse read(String json) throws java.io.IOException {
        return PollResponseReader.read(json.getBytes(UTF_8));
    }
}
