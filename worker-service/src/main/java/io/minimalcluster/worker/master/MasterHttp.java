package io.minimalcluster.worker.master;

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

/** Sends a request to the master of the moment and waits for the whole answer, but not for ever. */
final class MasterHttp implements AutoCloseable {
    private final MasterAddresses addresses;
    private final KeySource key;
    private final HttpClient client;

    MasterHttp(MasterAddresses addresses, KeySource key, Duration connect) {
        this.addresses = addresses;
        this.key = key;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("master-http-", 0).factory()))
                .build();
    }

    /** A request to a call of the worker's part of the contract. */
    record Call(String method, String path, HttpRequest.BodyPublisher body, Duration patience) {}

    /**
     * Sends it.
     *
     * @throws Unreachable if there is no whole answer in time
     * @throws MasterCallException if the answer is not of 2xx
     */
    <T> HttpResponse<T> send(Call call, BodyHandler<T> body) throws MasterCallException, InterruptedException {
        URI base = addresses.current();
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request(base, call), withoutProblem(body));
        try {
            // The timeout of a request covers its headers alone, and a body can stop anywhere.
            return answer.get(call.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(base, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            throw unreachable(base, "no answer within " + call.patience().toMillis() + " ms");
        } finally {
            answer.cancel(true);
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

    private static <T> BodyHandler<T> withoutProblem(BodyHandler<T> body) {
        return info -> {
            if (info.statusCode() / 100 == 2) {
                return body.apply(info);
            }
            return HttpResponse.BodySubscribers.mapping(new BoundedBodySubscriber(ProblemResponse.LONGEST), bytes -> {
                throw new ProblemAnswer(ProblemResponse.of(info, bytes));
            });
        };
    }

    private MasterCallException failure(URI base, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ProblemAnswer answer) {
                MasterCallException error = answer.problem.toException();
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
                    MasterCallException.NotTaken _ -> {}
        }
    }

    private Unreachable unreachable(URI base, String why) {
        addresses.failed(base);
        return new Unreachable(base.getRawAuthority() + ": " + why);
    }

    private static String describe(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ", " + cause.getMessage();
    }

    /** Ends what is open, at once. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Carries a problem through the client's futures. */
    private static final class ProblemAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ProblemResponse problem;

        ProblemAnswer(ProblemResponse problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    /** An answer that can't be what the master means. */
    static Unreachable nonsense(IOException cause) {
        return new Unreachable("an answer that makes no sense: " + cause.getMessage());
    }
}
