package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.master.MasterHttp.Call;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/**
 * The calls that a worker makes. Each tries once, waits for its answer within a limit, and ends with it, with a
 * {@link MasterException}, or with an InterruptedException; to repeat any of them does no harm. For many threads.
 */
public final class MasterClient implements AutoCloseable {
    private static final int SMALL_ANSWER = 256 * 1024;
    private static final int SLOWEST_BYTES_PER_MILLI = 100;
    private static final int LARGEST_BATCH = 20 * 1024 * 1024;

    private final MasterHttp http;
    private final Patience patience;

    /** A client of one of the masters at a time. */
    public MasterClient(MasterAddresses addresses, KeySource key, Patience patience) {
        this.http = new MasterHttp(addresses, key, patience.connect());
        this.patience = patience;
    }

    /** Makes the worker known. */
    public AcceptedWorker register(NewWorker worker) throws MasterException, InterruptedException {
        byte[] answer = post("/workers", json(worker), patience.call(), SMALL_ANSWER);
        return read(answer, AcceptedWorker.class);
    }

    /** Asks for batches and orders; the master answers with the first there is, or at the end of the wait. */
    public PollAnswer poll(WorkerId worker, PollRequest request, Duration wait)
            throws MasterException, InterruptedException {
        String path = worker(worker) + "/poll?wait=" + wait.toMillis() + "ms";
        long batches = 2L + request.slots() + request.held().size();
        int limit = Math.clamp(batches * LARGEST_BATCH, 0, Integer.MAX_VALUE - 8);
        byte[] answer = post(path, json(request), wait.plus(patience.call()), limit);
        if (answer.length == 0) {
            return PollAnswer.NOTHING;
        }
        try {
            return PollAnswerReader.read(answer);
        } catch (IOException e) {
            throw MasterHttp.nonsense(e);
        }
    }

    /** Posts a part of the results of a batch. */
    public Recorded results(WorkerId worker, LeaseId lease, Results results)
            throws MasterException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/results";
        BodyPublisher body = ResultsWriter.body(results);
        Duration limit = patience.call().plusMillis(body.contentLength() / SLOWEST_BYTES_PER_MILLI);
        return read(post(path, body, limit, SMALL_ANSWER), Recorded.class);
    }

    /** Gives a sign of life, and waits for the answer no longer than the limit: the next one is as good. */
    public void heartbeat(WorkerId worker, Heartbeat heartbeat, Duration limit)
            throws MasterException, InterruptedException {
        post(worker(worker) + "/heartbeat", json(heartbeat), limit, SMALL_ANSWER);
    }

    /** Leaves: what the worker held is handed out again. */
    public void leave(WorkerId worker, Duration limit) throws MasterException, InterruptedException {
        Call call = new Call("DELETE", worker(worker), BodyPublishers.noBody(), limit);
        http.send(call, _ -> new BoundedBody(SMALL_ANSWER));
    }

    /**
     * Fetches the bundle of an environment into a file, which must not exist.
     *
     * @throws MasterException.Unreachable also if what came is not what its digest says; then there is no file
     * @throws IOException if the file can't be written
     */
    public void bundle(EnvironmentId environment, Path file) throws MasterException, InterruptedException, IOException {
        String path = "/environments/" + segment(environment.value()) + "/bundle";
        new BundleDownload(http, patience.bundle()).fetch(path, file);
    }

    /**
     * Fetches the value that all tasks of the job of a lease share.
     *
     * @throws MasterException.Unreachable also if what came is not what its digest says
     */
    public byte[] shared(WorkerId worker, LeaseId lease, String digest) throws MasterException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/shared";
        Call call = new Call("GET", path, BodyPublishers.noBody(), patience.bundle());
        byte[] value = http.send(call, _ -> new BoundedBody(LARGEST_BATCH)).body();
        if (!Sha256.of(value).equals(digest)) {
            throw MasterHttp.nonsense(new IOException("a shared value with another digest"));
        }
        return value;
    }

    private byte[] post(String path, BodyPublisher body, Duration limit, int maxAnswer)
            throws MasterException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(new Call("POST", path, body, limit), _ -> new BoundedBody(maxAnswer));
        return answer.body();
    }

    private static BodyPublisher json(Object record) {
        return BodyPublishers.ofByteArray(WireJson.MAPPER.writeValueAsBytes(record));
    }

    private static <T> T read(byte[] answer, Class<T> type) throws MasterException {
        try {
            return WireJson.MAPPER.readValue(answer, type);
        } catch (JacksonException e) {
            throw MasterHttp.nonsense(new IOException(e.getOriginalMessage(), e));
        }
    }

    private static String worker(WorkerId worker) {
        return "/workers/" + segment(worker.value());
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Ends what is open, at once. */
    @Override
    public void close() {
        http.close();
    }
}
