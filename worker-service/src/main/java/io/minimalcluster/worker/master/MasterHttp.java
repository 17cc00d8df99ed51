package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.TlsFailure;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Sends requests to the current master, each with a timeout for the whole response. Thread-safe. */
final class MasterHttp implements AutoCloseable {
    private final MasterAddresses addresses;
    private final KeySource key;
    private final Duration connect;
    private volatile MasterHttpClient client;

    /** A thread per open call, whose end is awaited for no longer than the timeout of the call. */
    private final ExecutorService calls = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("master-http-", 0).factory());

    MasterHttp(MasterAddresses addresses, KeySource key, Duration connect) {
        this.addresses = addresses;
        this.key = key;
        this.connect = connect;
        this.client = new MasterHttpClient(addresses, connect);
    }

    /**
     * A request to the worker API.
     *
     * @param body JSON; null for none
     * @param timeout for the whole response
     */
    record Call(String method, String path, @Nullable HttpEntity body, Duration timeout) {}

    /** Reads the body of a 2xx response. */
    @FunctionalInterface
    interface BodyReader<T> {
        T read(ClassicHttpResponse response) throws IOException;
    }

    /**
     * Sends a call.
     *
     * @throws Unreachable if the response is not complete within the timeout
     * @throws MasterCallException if the status is not 2xx
     */
    <T> T send(Call call, BodyReader<T> body) throws MasterCallException, InterruptedException {
        URI base = addresses.current();
        HttpUriRequestBase request = request(base, call);
        MasterHttpClient used = client;
        Future<T> response = submit(base, () -> used.execute(request, answer -> read(answer, body)));
        try {
            // A timeout of a socket covers one read alone, and a body can arrive byte by byte.
            return response.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                replace(used); // an error closes the library's client for good
                throw error;
            }
            throw failure(base, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            used.closeIdle();
            throw unreachable(base, "no response within " + call.timeout().toMillis() + " ms");
        } finally {
            if (!response.isDone()) {
                request.cancel();
                response.cancel(true);
            }
        }
    }

    private <T> Future<T> submit(URI base, Callable<T> call) throws Unreachable {
        try {
            return calls.submit(call);
        } catch (RejectedExecutionException _) {
            throw unreachable(base, "the worker is ending");
        }
    }

    private synchronized void replace(MasterHttpClient broken) {
        if (client == broken && !calls.isShutdown()) {
            client = new MasterHttpClient(addresses, connect);
        }
        broken.close();
    }

    private HttpUriRequestBase request(URI base, Call call) throws MasterCallException {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(base + call.path()));
        request.setHeader("Authorization", key.get().bearer());
        request.setHeader("Accept", "application/json, application/problem+json, application/octet-stream");
        request.setEntity(call.body());
        return request;
    }

    private static <T> T read(ClassicHttpResponse response, BodyReader<T> body) throws IOException {
        if (response.getCode() / 100 == 2) {
            return body.read(response);
        }
        byte[] problem = ResponseBytes.read(response, ProblemResponse.MAX_BYTES);
        throw new ProblemStatusException(ProblemResponse.of(response, problem));
    }

    private MasterCallException failure(URI base, Throwable cause) {
        if (cause instanceof ProblemStatusException e) {
            MasterCallException error = e.problem.toException();
            switchMasterOnFailure(base, error);
            return error;
        }
        return unreachable(base, describe(cause));
    }

    private void switchMasterOnFailure(URI base, MasterCallException error) {
        switch (error) {
            case Unreachable _, MasterCallException.Busy _ -> addresses.failed(base);
            case MasterCallException.WorkerUnknown _,
                    MasterCallException.LeaseLost _,
                    MasterCallException.Refused _,
                    MasterCallException.RequestRejected _ -> {}
        }
    }

    private Unreachable unreachable(URI base, String reason) {
        addresses.failed(base);
        return new Unreachable(base.getRawAuthority() + ": " + reason);
    }

    private static String describe(Throwable cause) {
        return TlsFailure.describe(cause).orElseGet(() -> {
            String name = cause.getClass().getSimpleName();
            return cause.getMessage() == null ? name : name + ", " + cause.getMessage();
        });
    }

    /** Closes the client and aborts open calls. */
    @Override
    public synchronized void close() {
        calls.shutdown();
        client.close();
        calls.shutdownNow();
    }

    /** Carries an error response, whose body is read, through the HTTP client. */
    static final class ProblemStatusException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient ProblemResponse problem;

        private ProblemStatusException(ProblemResponse problem) {
            super(problem.text());
            this.problem = problem;
        }
    }

    /** The failure for a response with invalid content. */
    static Unreachable invalidResponse(IOException cause) {
        return new Unreachable("an invalid response: " + cause.getMessage());
    }
}
