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
 * {@link MasterCallException}, or with an InterruptedException; to repeat any of them does no harm. For many threads.
 */
public final class MasterClient implements AutoCloseable {
    private static final int SMALL_ANSWER = 256 * 1024;
    private static final int SLOWEST_BYTES_PER_MILLI = 100;
    private static final int LARGEST_BATCH = 20 * 1024 * 1024;

    private final MasterHttp http;
    private final MasterTimeouts timeouts;

    /** A client of one of the masters at a time. */
    public MasterClient(MasterAddresses addresses, KeySource key, MasterTimeouts timeouts) {
        this.http = new MasterHttp(addresses, key, timeouts.connect());
        this.timeouts = timeouts;
    }

    /** Makes the worker known. */
    public AcceptedWorker register(NewWorker worker) throws MasterCallException, InterruptedException {
        byte[] answer = post("/workers", json(worker), timeouts.call(), SMALL_ANSWER);
        return read(answer, AcceptedWorker.class);
    }

    /** Asks for batches and orders; the master answers with the first there is, or at the end of the wait. */
    public PollResponse poll(WorkerId worker, PollRequest request, Duration wait)
            throws MasterCallException, InterruptedException {
        String path = worker(worker) + "/poll?wait=" + wait.toMillis() + "ms";
        long batches = 2L + request.slots() + request.held().size();
        int limit = Math.clamp(batches * LARGEST_BATCH, 0, Integer.MAX_VALUE - 8);
        byte[] answer = post(path, json(request), wait.plus(timeouts.call()), limit);
        if (answer.length == 0) {
            return PollResponse.NOTHING;
        }
        try {
            return PollResponseReader.read(answer);
        } catch (IOException e) {
            throw MasterHttp.nonsense(e);
        }
    }

    /** Posts a part of the results of a batch. */
    public Recorded results(WorkerId worker, LeaseId lease, ResultPart results)
            throws MasterCallException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/results";
        BodyPublisher body = ResultPartWriter.body(results);
        Duration limit = timeouts.call().plusMillis(body.contentLength() / SLOWEST_BYTES_PER_MILLI);
        return read(post(path, body, limit, SMALL_ANSWER), Recorded.class);
    }

    /** Gives a sign of life, and waits for the answer no longer than the limit: the next one is as good. */
    public void heartbeat(WorkerId worker, Heartbeat heartbeat, Duration limit)
            throws MasterCallException, InterruptedException {
        post(worker(worker) + "/heartbeat", json(heartbeat), limit, SMALL_ANSWER);
    }

    /** Leaves: what the worker held is handed out again. */
    public void leave(WorkerId worker, Duration limit) throws MasterCallException, InterruptedException {
        Call call = new Call("DELETE", worker(worker), BodyPublishers.noBody(), limit);
        http.send(call, _ -> new BoundedBodySubscriber(SMALL_ANSWER));
    }

    /**
     * Fetches the bundle of an environment into a file, which must not exist.
     *
     * @throws MasterCallException.Unreachable also if what came is not what its digest says; then there is no file
     * @throws IOException if the file can't be written
     */
    public void bundle(EnvironmentId environment, Path file)
            throws MasterCallException, InterruptedException, IOException {
        String path = "/environments/" + segment(environment.value()) + "/bundle";
        new BundleDownload(http, timeouts.bundle()).fetch(path, file);
    }

    /**
     * Fetches the value that all tasks of the job of a lease share.
     *
     * @throws MasterCallException.Unreachable also if what came is not what its digest says
     */
    public byte[] shared(WorkerId worker, LeaseId lease, String digest)
            throws MasterCallException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/shared";
        Call call = new Call("GET", path, BodyPublishers.noBody(), timeouts.bundle());
        byte[] value =
                http.send(call, _ -> new BoundedBodySubscriber(LARGEST_BATCH)).body();
        if (!Sha256.of(value).equals(digest)) {
            throw MasterHttp.nonsense(new IOException("a shared value with another digest"));
        }
        return value;
    }

    private byte[] post(String path, BodyPublisher body, Duration limit, int maxAnswer)
            throws MasterCallException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(new Call("POST", path, body, limit), _ -> new BoundedBodySubscriber(maxAnswer));
        return answer.body();
    }

    private static BodyPublisher json(Object record) {
        return BodyPublishers.ofByteArray(ProtocolJson.MAPPER.writeValueAsBytes(record));
    }

    private static <T> T read(byte[] answer, Class<T> type) throws MasterCallException {
        try {
            return ProtocolJson.MAPPER.readValue(answer, type);
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
