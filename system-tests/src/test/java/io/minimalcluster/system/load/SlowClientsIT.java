package io.minimalcluster.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Metrics;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.SlowClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Slow readers and senders of one owner, whose unread responses and unfinished bodies together exceed the master's heap
 * of 256 MB, beside another owner and a worker. Every wait for an honest call ends while the slow clients are
 * connected.
 */
@Timeout(600)
class SlowClientsIT {
    private static final int READERS = 120;
    private static final int UPLOADS = 100;
    private static final int MEBIBYTE = 1 << 20;
    private static final int VALUES = 40;
    private static final int BODY_BYTES = 4_000_000;
    private static final double MORE_HEAP = 40.0 * MEBIBYTE;

    private static MasterProcess master;
    private static Api honest;
    private static Api slow;
    private static String slowKey;
    private static String job;
    private static String environment;

    private final List<SlowClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        master = MasterProcess.start("--minimalcluster.local-worker.slots=1");
        honest = Api.of(master.url(), key("honest"));
        slowKey = key("slow");
        slow = Api.of(master.url(), slowKey);
        environment = slow.load("String large(String x) { return x; } // " + "x".repeat(3 * MEBIBYTE));
        String text = "\"" + "x".repeat(MEBIBYTE) + "\"";
        StringBuilder arguments = new StringBuilder(text);
        for (int i = 1; i < VALUES; i++) {
            arguments.append(',').append(text);
        }
        job = slow.submit(environment, "large", "[" + arguments + "]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        assertThat(slow.ended(job).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @AfterAll
    static void end() {
        master.close();
    }

    @AfterEach
    void disconnect() {
        clients.forEach(SlowClient::close);
    }

    private static String key(String name) {
        return master.api()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\"}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
    }

    private void reader(String call, String... headers) {
        clients.add(SlowClient.request(master.url(), slowKey, "GET /api/v1" + call, headers));
    }

    /** The heap that is in use after a garbage collection. */
    private static double heap() {
        Command.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(master.program().pid()),
                "GC.run");
        return Metrics.of(master)
                .text()
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void expectHonestCallsSucceed() {
        assertThat(honest.run("long twice(long x) { return 2 * x; }", "twice", "[1,2]"))
                .isEqualTo("[2,4]");
        honest.get("/jobs").expect(200);
        honest.load("long once(long x) { return x; } // " + "x".repeat(MEBIBYTE));
        assertThat(slow.get("/jobs/" + job)
                        .expect(200)
                        .json()
                        .path("tasks")
                        .path("succeeded")
                        .asInt())
                .isEqualTo(VALUES);
        assertThat(slow.get("/jobs/" + job + "/tasks/0").expect(200).bytes()).hasSizeGreaterThan(2 * MEBIBYTE);
    }

    /** A worker posts a part of a mebibyte. */
    private void expectResultsAreAccepted(RawWorker worker, String lease, int index) {
        worker.results(lease, index, 1, "\"" + "y".repeat(MEBIBYTE) + "\"", false)
                .expect(200);
    }

    private static RawWorker worker() {
        return RawWorker.registerAs(
                master.api(),
                RawWorker.registration("raw", 1, 1, "25").replace("\"labels\":{}", "\"labels\":{\"raw\":\"yes\"}"));
    }

    private String lease(RawWorker worker) {
        honest.start(
                "String s(long x) { return null; }",
                "s",
                "{\"range\":{\"from\":0,\"to\":20}}",
                "{\"batchSize\":20,\"copies\":false,\"requires\":{\"raw\":\"yes\"}}");
        return worker.takeBatch().path("leaseId").asString();
    }

    private void expectHealthyMaster(double heapBefore) {
        clients.forEach(SlowClient::close);
        Await.until("the heap of before", () -> heap() < heapBefore + MORE_HEAP);
        assertThat(master.program().isAlive()).isTrue();
        assertThat(master.program().output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void slowReadersHoldNoMemoryAndDelayNobody() {
        expectHonestCallsSucceed();
        double before = heap();
        assertThat(before).isPositive();
        RawWorker worker = worker();
        String lease = lease(worker);
        for (int i = 0; i < READERS / 12; i++) {
            reader("/jobs/" + job + "/values");
            reader("/jobs/" + job + "/values?as=map");
            reader("/jobs/" + job + "/results");
            reader("/jobs/" + job + "/results?args=true&order=completion");
            reader("/jobs/" + job + "/results?args=true", "Accept: text/csv");
            reader("/jobs/" + job + "/results?limit=1000", "Accept: application/json");
            reader("/jobs/" + job + "/results?follow=true");
            reader("/jobs/" + job + "/events");
            reader("/jobs/" + job + "/tasks/1");
            reader("/jobs?limit=1000");
            reader("/environments/" + environment + "/sources");
            reader("/environments/" + environment);
        }
        for (SlowClient client : clients) {
            assertThat(client.read(12)).isIn("HTTP/1.1 200", "HTTP/1.1 204", "HTTP/1.1 503");
        }

        expectHonestCallsSucceed();
        expectResultsAreAccepted(worker, lease, 0);

        assertThat(clients)
                .as("clients that are still connected")
                .filteredOn(client -> client.send("x"))
                .hasSizeGreaterThan(READERS / 2);
        worker.leave();
        expectHealthyMaster(before);
    }

    @Test
    void slowSendersDelayNobodyAndAreCutOff() {
        double before = heap();
        RawWorker worker = worker();
        String lease = lease(worker);
        String head = "x".repeat(300_000);
        for (int i = 0; i < UPLOADS; i++) {
            SlowClient sender = SlowClient.request(
                    master.url(),
                    slowKey,
                    "POST /api/v1/" + (i % 2 == 0 ? "environments" : "jobs"),
                    "Content-Type: " + (i % 2 == 0 ? "text/plain" : "application/json"),
                    "Content-Length: " + BODY_BYTES);
            sender.send(i % 2 == 0 ? head : "{\"args\":[\"" + head);
            clients.add(sender);
        }

        honest.load("long thrice(long x) { return 3 * x; } // " + "x".repeat(MEBIBYTE));
        for (int i = 1; i < 10; i++) {
            expectResultsAreAccepted(worker, lease, i);
        }

        List<SlowClient> open = new ArrayList<>(clients);
        Await.until("the end of all dripped uploads", () -> {
            open.removeIf(client -> !client.send("x") || client.isClosed(1));
            return open.isEmpty();
        });
        worker.leave();
        expectHealthyMaster(before);
    }
}
