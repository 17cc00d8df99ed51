package io.minimalcluster.system.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.RepeatedBody;
import io.minimalcluster.system.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Resource exhaustion: a master without free file descriptors, and one whose heap is smaller than the concurrent
 * requests. It rejects the excess, loses nothing that it accepted, and recovers. Checks I1 no lost job, I10 bounded
 * resources and I12 honest unknowns.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault14ExhaustionIT {
    private static final int CONCURRENT_JOBS = 10; // 640 MB
    private static final int CONCURRENT_PARTS = 20; // 400 MB
    private static final int LARGEST_REQUEST = 64 * 1024 * 1024;
    private static final int LARGEST_ARGUMENT = 16 * 1024 * 1024;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LARGEST_PART_MEBIBYTES = 20; // about the largest part that fits into a heap of 256 MB

    private MasterProcess master;

    @BeforeAll
    void start() {
        master = MasterProcess.start("--minimalcluster.local-worker.slots=1"); // with a heap of 256 MB
    }

    @AfterAll
    void end() {
        master.close();
    }

    private long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + master.program().pid() + "/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void limitDescriptors(long limit) {
        Command.run("prlimit", "--pid", Long.toString(master.program().pid()), "--nofile=" + limit + ":");
    }

    private Socket connect() {
        try {
            return new Socket(master.url().getHost(), master.url().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void masterRecoversFromFileDescriptorExhaustion() throws IOException {
        Api api = master.api();
        assertThat(api.run("long twice(long x) { return 2 * x; }", "twice", "[1,2]"))
                .isEqualTo("[2,4]");
        String environment = api.load("long twice(long x) { return 2 * x; }");
        List<String> acknowledged = new ArrayList<>();
        long originalLimit = Long.parseLong(Command.run(
                        "prlimit",
                        "--pid",
                        Long.toString(master.program().pid()),
                        "--nofile",
                        "--noheadings",
                        "--output=SOFT")
                .strip());
        long before = descriptors();
        limitDescriptors(before + 10);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                sockets.add(connect());
            }
            Await.until("the last descriptor", () -> descriptors() >= before + 10);
            for (int i = 0; i < 5; i++) { // over a connection that is already open; a job answered with 202 must exist
                acknowledged.addAll(submit(api, environment));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        Await.until("an answer over a new connection", this::acceptsNewConnections);
        acknowledged.addAll(submit(api, environment));
        assertThat(acknowledged).isNotEmpty();
        for (String job : acknowledged) {
            assertThat(api.values(job)).isEqualTo("[42]");
        }
        limitDescriptors(originalLimit);
        assertThat(api.run("long thrice(long x) { return 3 * x; }", "thrice", "[1,2]"))
                .isEqualTo("[3,6]");
        assertThat(master.program().isAlive()).isTrue();
    }

    private static List<String> submit(Api api, String environment) {
        try {
            Response response = api.submit(environment, "twice", "[21]", "{}");
            assertThat(response.status()).as(response.text()).isIn(202, 503);
            return response.status() == 202 ? List.of(response.json().path("id").asString()) : List.of();
        } catch (UncheckedIOException e) {
            return List.of(); // no response, so no false statement
        }
    }

    private boolean acceptsNewConnections() {
        try (Socket socket = connect()) {
            socket.setSoTimeout(2000);
            socket.getOutputStream()
                    .write("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Sends requests concurrently. Returns their statuses, with 0 for a request without a response. */
    private static List<Integer> atOnce(int requests, Function<Integer, Integer> call) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> calls = IntStream.range(0, requests)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> call.apply(i), threads))
                    .toList();
            return calls.stream().map(CompletableFuture::join).toList();
        }
    }

    private int post(Api api, String path, String type, RepeatedBody body) {
        try {
            return api.send(
                            "POST",
                            "/api/v1" + path,
                            Map.of("Content-Type", type),
                            BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body::stream), body.length()))
                    .status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private void expectValidStatusesAndHealthyMaster(List<Integer> statuses) {
        assertThat(master.program().isAlive()).as(master.program().tail()).isTrue();
        assertThat(master.program().output()).doesNotContain("OutOfMemoryError");
        assertThat(statuses).as(statuses.toString()).allMatch(status -> status < 500 || status == 503);
        assertThat(master.api().run("long plus(long x) { return x + 1; }", "plus", "[1]"))
                .isEqualTo("[2]");
    }

    @Test
    void concurrentJobsOfMaximumSizeAreHandled() {
        Api api = master.api();
        String environment = api.load("int length(String text) { return text.length(); }");
        RepeatedBody body = new RepeatedBody(
                "{\"environmentId\":\"" + environment
                        + "\",\"method\":\"length\",\"options\":{\"requires\":{\"no\":\"one\"}}," + "\"args\":[\"\"",
                ",\"" + "x".repeat(LARGEST_ARGUMENT - 2) + "\"",
                LARGEST_REQUEST / LARGEST_ARGUMENT - 1,
                "]}");

        List<Integer> statuses = atOnce(CONCURRENT_JOBS, _ -> post(api, "/jobs", "application/json", body));

        expectValidStatusesAndHealthyMaster(statuses);
        assertThat(statuses).contains(202);
    }

    @Test
    void concurrentLargeResultPartsAreHandled() {
        Api api = master.api();
        int values = LARGEST_PART_MEBIBYTES;
        List<RawWorker> workers = new ArrayList<>();
        List<JsonNode> batches = new ArrayList<>();
        String job = api.start(
                "String s(long x) { return null; }",
                "s",
                "{\"range\":{\"from\":0,\"to\":%d}}".formatted(values * CONCURRENT_PARTS),
                "{\"batchSize\":%d,\"copies\":false,\"requires\":{\"raw\":\"yes\"}}".formatted(values));
        for (int i = 0; i < CONCURRENT_PARTS; i++) {
            RawWorker worker = RawWorker.registerAs(
                    api,
                    RawWorker.registration("large-" + i, 1, 1, "25")
                            .replace("\"labels\":{}", "\"labels\":{\"raw\":\"yes\"}"));
            workers.add(worker);
            batches.add(worker.takeBatch());
        }

        List<Integer> statuses = atOnce(
                CONCURRENT_PARTS,
                i -> post(
                        api,
                        workers.get(i)
                                .path("/leases/"
                                        + batches.get(i).path("leaseId").asString() + "/results"),
                        "application/json",
                        new RepeatedBody(
                                "{\"first\":%d,\"count\":%d,\"values\":[\"\""
                                        .formatted(batches.get(i).path("first").asLong(), values),
                                ",\"" + "x".repeat(MEBIBYTE - 3) + "\"",
                                values - 1,
                                "],\"done\":true}")));

        expectValidStatusesAndHealthyMaster(statuses);
        assertThat(statuses).contains(200);
        long recorded = statuses.stream().filter(status -> status == 200).count();
        assertThat(api.job(job).path("tasks").path("succeeded").asLong()).isGreaterThanOrEqualTo(recorded * values);
        api.post("/jobs/" + job + "/cancel", "");
        workers.forEach(RawWorker::leave);
    }
}
