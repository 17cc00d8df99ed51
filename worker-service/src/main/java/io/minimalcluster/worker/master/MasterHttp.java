package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.MasterHttpClients;
import io.minimalcluster.model.support.TlsFailure;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to the current master, each with a timeout for the whole response. */
final class MasterHttp implements AutoCloseable {
    private final MasterAddresses addresses;
    private final KeySource key;
    private final HttpClient client;

    MasterHttp(MasterAddresses addresses, KeySource key, Duration connect) {
        this.addresses = addresses;
        this.key = key;
        this.client = MasterHttpClients.builder(addresses.all(), addresses.trust())
                .connectTimeout(connect)
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("master-http-", 0).factory()))
                .build();
    }

    /**
     * A request to the worker API.
     *
     * @param timeout for the whole response
     */
    record Call(String method, String path, HttpRequest.BodyPublisher body, Duration timeout) {}

    /**
     * Sends a call.
     *
     * @throws Unreachable if the response is not complete within the timeout
     * @throws MasterCallException if the status is not 2xx
     */
    <T> HttpResponse<T> send(Call call, BodyHandler<T> body) throws MasterCallException, InterruptedException {
        URI base = addresses.current();
        CompletableFuture<HttpResponse<T>> response = client.sendAsync(request(base, call), successBody(body));
        try {
            // The timeout of a request covers its headers alone, and a body can stop anywhere.
            return response.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(base, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            throw unreachable(base, "no response within " + call.timeout().toMillis() + " ms");
        } finally {
            response.cancel(true);
        }
    }

    private HttpRequest request(URI base, Call call) throws MasterCallException {
        return HttpRequest.newBuilder(URI.create(base + call.path()))
                .header("Authorization", key.get().bearer())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json, application/octet-stream")
                .method(call.method(), call.body())
                .build();
    }

    private static <T> BodyHandler<T> successBody(BodyHandler<T> body) {
        return info -> {
            if (info.statusCode() / 100 == 2) {
                return body.apply(info);
            }
            return HttpResponse.BodySubscribers.mapping(new BoundedBodySubscriber(ProblemResponse.MAX_BYTES), bytes -> {
                throw new ProblemStatusException(ProblemResponse.of(info, bytes));
            });
        };
    }

    private MasterCallException failure(URI base, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ProblemStatusException e) {
                MasterCallException error = e.problem.toException();
                switchMasterOnFailure(base, error);
                return error;
            }
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
    public void close() {
        client.shutdownNow();
    }

    /** Carries an error response through the futures of the HTTP client. */
    private static final class ProblemStatusException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ProblemResponse problem;

        ProblemStatusException(ProblemResponse problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    /** The failure for a response with invalid content. */
    static Unreachable invalidResponse(IOException cause) {
        return new Unreachable("an invalid response: " + cause.getMessage());
    }
}
