package io.minimalcluster.worker.master;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.Sha256;
import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.master.MasterHttp.Call;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.core.JacksonException;

/**
 * The client of the master's worker API. Each call is one attempt with a timeout, and fails with a
 * {@link MasterCallException}. All calls are idempotent. Thread-safe.
 */
public final class MasterClient implements AutoCloseable {
    private static final int MAX_SMALL_RESPONSE = 256 * 1024;
    private static final int MIN_BYTES_PER_MILLI = 100;

    /** The limit of responses with arguments, whose size the settings of the master bound. */
    private static final int MAX_RESPONSE = Integer.MAX_VALUE - 8;

    private final MasterHttp http;
    private final MasterTimeouts timeouts;

    /** Creates a client, which uses one of the masters at a time. */
    public MasterClient(MasterAddresses addresses, KeySource key, MasterTimeouts timeouts) {
        this.http = new MasterHttp(addresses, key, timeouts.connect());
        this.timeouts = timeouts;
    }

    /** Registers the worker. */
    public AcceptedWorker register(NewWorker worker) throws MasterCallException, InterruptedException {
        byte[] answer = post("/workers", json(worker), timeouts.call(), MAX_SMALL_RESPONSE);
        return read(answer, AcceptedWorker.class);
    }

    /** Long-polls for as long as the timeouts say. */
    public PollResponse poll(WorkerId worker, PollRequest request) throws MasterCallException, InterruptedException {
        return poll(worker, request, timeouts.poll());
    }

    /** Long-polls for batches and orders. The master responds with the first there are, or at the end of the wait. */
    public PollResponse poll(WorkerId worker, PollRequest request, Duration wait)
            throws MasterCallException, InterruptedException {
        String path = worker(worker) + "/poll?wait=" + wait.toMillis() + "ms";
        byte[] answer = post(path, json(request), wait.plus(timeouts.call()), MAX_RESPONSE);
        if (answer.length == 0) {
            return PollResponse.NOTHING;
        }
        try {
            return PollResponseReader.read(answer);
        } catch (IOException e) {
            throw MasterHttp.invalidResponse(e);
        }
    }

    /** Posts a part of the results of a batch. */
    public Recorded results(WorkerId worker, LeaseId lease, ResultPart results)
            throws MasterCallException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/results";
        HttpEntity body = ResultPartWriter.body(results);
        Duration limit = timeouts.call().plusMillis(body.getContentLength() / MIN_BYTES_PER_MILLI);
        return read(post(path, body, limit, MAX_SMALL_RESPONSE), Recorded.class);
    }

    /** Sends a heartbeat with a timeout. */
    public void heartbeat(WorkerId worker, Heartbeat heartbeat, Duration limit)
            throws MasterCallException, InterruptedException {
        post(worker(worker) + "/heartbeat", json(heartbeat), limit, MAX_SMALL_RESPONSE);
    }

    /** Deregisters the worker. The master reassigns its leases. */
    public void leave(WorkerId worker, Duration limit) throws MasterCallException, InterruptedException {
        send(new Call("DELETE", worker(worker), null, limit), MAX_SMALL_RESPONSE);
    }

    /**
     * Downloads the bundle of an environment to a file, which must not exist.
     *
     * @throws IOException if the file cannot be written, or the content does not match its digest; then no file remains
     */
    public void bundle(EnvironmentId environment, Path file)
            throws MasterCallException, InterruptedException, IOException {
        String path = "/environments/" + segment(environment.value()) + "/bundle";
        new BundleDownload(http, timeouts.bundle()).fetch(path, file);
    }

    /**
     * Downloads the shared value of a lease's job.
     *
     * @throws IOException if the content does not match its digest
     */
    public byte[] shared(WorkerId worker, LeaseId lease, String digest)
            throws MasterCallException, IOException, InterruptedException {
        String path = worker(worker) + "/leases/" + segment(lease.value()) + "/shared";
        byte[] value = send(new Call("GET", path, null, timeouts.bundle()), MAX_RESPONSE);
        if (!Sha256.hex(value).equals(digest)) {
            throw new IOException("a shared value with another digest");
        }
        return value;
    }

    private byte[] post(String path, HttpEntity body, Duration limit, int maxResponse)
            throws MasterCallException, InterruptedException {
        return send(new Call("POST", path, body, limit), maxResponse);
    }

    private byte[] send(Call call, int maxResponse) throws MasterCallException, InterruptedException {
        return http.send(call, response -> ResponseBytes.read(response, maxResponse));
    }

    private static HttpEntity json(Object record) {
        return new ByteArrayEntity(ProtocolJson.MAPPER.writeValueAsBytes(record), ProtocolJson.CONTENT_TYPE);
    }

    private static <T> T read(byte[] answer, Class<T> type) throws MasterCallException {
        try {
            return ProtocolJson.MAPPER.readValue(answer, type);
        } catch (JacksonException e) {
            throw MasterHttp.invalidResponse(new IOException(e.getOriginalMessage(), e));
        }
    }

    private static String worker(WorkerId worker) {
        return "/workers/" + segment(worker.value());
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Closes the client and aborts open calls. */
    @Override
    public void close() {
        http.close();
    }
}
