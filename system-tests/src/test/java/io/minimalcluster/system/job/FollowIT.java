package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Stream;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests followed results and events of a job with twelve tasks in one batch. */
@Timeout(120)
@UseShared(QuietMaster.class)
class FollowIT {
    private final QuietMaster master;
    private final Api api;
    private RawWorker worker;
    private String job = "";
    private String lease = "";

    FollowIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
        this.worker = master.newWorker("hands");
    }

    @BeforeEach
    void takeAll() {
        job = api.start(
                "long same(long x) { return x; }", "same", "{\"range\":{\"from\":0,\"to\":12}}", "{\"batchSize\":12}");
        worker = master.newWorker("hands");
        lease = worker.takeBatch().path("leaseId").asString();
    }

    private void record(long first, int count) {
        StringBuilder values = new StringBuilder();
        for (long i = first; i < first + count; i++) {
            values.append(i == first ? "" : ",").append(i);
        }
        worker.results(lease, first, count, values.toString(), false).expect(200);
    }

    private Stream follow(String query) {
        return api.stream("/jobs/" + job + "/results?follow=true" + query, Map.of());
    }

    private static String line(long index) {
        return "{\"index\":" + index + ",\"value\":" + index + "}";
    }

    @Test
    void readerResumesFromItsLineCount() {
        List<String> read = new ArrayList<>();
        record(6, 4);
        try (Stream broken = follow("")) {
            read.addAll(broken.lines(4));
            record(0, 3);
            read.addAll(broken.lines(2));
        }
        record(10, 2);

        try (Stream again = follow("&after=" + read.size())) {
            read.addAll(again.lines(1));
            record(3, 3);
            read.addAll(again.rest());
        }

        assertThat(read)
                .containsExactly(
                        line(6), line(7), line(8), line(9), line(0), line(1), line(2), line(10), line(11), line(3),
                        line(4), line(5));
    }

    @Test
    void keepAliveIsAnEmptyLineAndCancelEndsTheStream() {
        try (Stream reader = follow("")) {
            assertThat(reader.line()).hasValue("");
            api.post("/jobs/" + job + "/cancel", "").expect(200);
            assertThat(reader.rest()).isEmpty();
        }
    }

    @Test
    void csvIsFollowed() {
        try (Stream reader =
                api.stream("/jobs/" + job + "/results?follow=true&order=index", Map.of("Accept", "text/csv"))) {
            assertThat(reader.lines(1)).containsExactly("index,state,value,kind,type,message,attempts");
            record(1, 11);
            record(0, 1);
            assertThat(reader.rest()).hasSize(12).startsWith("0,succeeded,\"0\",,,,");
        }
    }

    @Test
    void eventsReportProgressAndEndWithTheJob() {
        try (Stream events = api.stream("/jobs/" + job + "/events", Map.of())) {
            assertThat(events.lines(7))
                    .contains("retry: 2000", "event: progress", "event: state", "id: 0-12-RUNNING")
                    .anyMatch(line -> line.startsWith("data: ") && line.contains("\"state\":\"RUNNING\""));
            record(0, 5);
            assertThat(events.lines(3)).contains("event: progress");
            assertThat(events.lines(1)).as("keep-alive").containsExactly(": keep-alive");
            record(5, 7);
            assertThat(events.rest())
                    .contains("id: 12-0-SUCCEEDED")
                    .last()
                    .asString()
                    .contains("SUCCEEDED");
        }
        String last = "12-0-SUCCEEDED";
        assertThat(api.send(
                                "GET",
                                "/api/v1/jobs/" + job + "/events",
                                Map.of("Last-Event-ID", last),
                                java.net.http.HttpRequest.BodyPublishers.noBody())
                        .status())
                .as("204 ends the reconnects of a client that has read all events")
                .isEqualTo(204);
        Response whole = api.get("/jobs/" + job + "/events").expect(200);
        assertThat(whole.text().lines().filter(line -> line.startsWith("event:")))
                .hasSize(2);
    }

    @Test
    void eventsResumeAfterLastEventId() {
        try (Stream events = api.stream("/jobs/" + job + "/events", Map.of("Last-Event-ID", "0-12-RUNNING"))) {
            record(0, 12);
            assertThat(events.rest())
                    .contains("id: 12-0-RUNNING", "id: 12-0-SUCCEEDED")
                    .doesNotContain("id: 0-12-RUNNING");
        }
    }

    @Test
    void openStreamsAreLimited() {
        List<Stream> open = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            open.add(follow(""));
        }
        Response refused = api.get("/jobs/" + job + "/events");
        refused.problem(429, "too-many-requests");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        for (int i = 0; i < 5; i++) { // the limit for one owner is below the total limit
            open.add(master.observer().stream("/jobs/" + job + "/events", Map.of()));
        }
        assertThat(open).allMatch(stream -> stream.status() == 200);
        master.admin().get("/jobs/" + job + "/events").problem(429, "too-many-requests");

        open.forEach(Stream::close);

        Await.until("a free stream", () -> {
            try (Stream stream = follow("")) {
                return stream.status() == 200;
            }
        });
    }

    @Test
    void observerReadsEventsButNotResults() {
        master.observer().get("/jobs/" + job + "/results?follow=true").problem(403, "forbidden");
        try (Stream events = master.observer().stream("/jobs/" + job + "/events", Map.of())) {
            assertThat(events.status()).isEqualTo(200);
        }
    }
}
