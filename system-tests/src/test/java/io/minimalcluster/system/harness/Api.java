package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An HTTP client of a master that sends one key. */
public final class Api {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final URI master;
    private final Map<String, String> headers;

    private Api(URI master, Map<String, String> headers) {
        this.master = master;
        this.headers = headers;
    }

    /** Creates a client with a key. */
    public static Api of(URI master, String key) {
        return new Api(master, Map.of("Authorization", "Bearer " + key));
    }

    /** Returns a client of the same master without a key. */
    public Api withoutKey() {
        return new Api(master, Map.of());
    }

    /** Returns a client of the same master with other headers instead of the key. */
    public Api withHeaders(Map<String, String> others) {
        return new Api(master, others);
    }

    /** Sends a request to a path below the address of the master. */
    public Response send(String method, String path, Map<String, String> more, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(master + path))
                .timeout(TIMEOUT)
                .method(method, body);
        headers.forEach(request::header);
        more.forEach(request::header);
        try {
            return new Response(method + " " + path, HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request without a body to a path below {@code /api/v1}. */
    public Response call(String method, String path) {
        return send(method, "/api/v1" + path, Map.of(), BodyPublishers.noBody());
    }

    public Response get(String path) {
        return call("GET", path);
    }

    public Response get(String path, String accept) {
        return send("GET", "/api/v1" + path, Map.of("Accept", accept), BodyPublishers.noBody());
    }

    /** Opens a response as a stream. */
    public Stream stream(String path, Map<String, String> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(master + "/api/v1" + path));
        headers.forEach(request::header);
        more.forEach(request::header);
        try {
            return Stream.of(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Response delete(String path) {
        return call("DELETE", path);
    }

    /** Posts JSON, which may be empty. */
    public Response post(String path, String json) {
        return post(path, "application/json", json);
    }

    public Response post(String path, String type, String body) {
        return send("POST", "/api/v1" + path, Map.of("Content-Type", type), BodyPublishers.ofString(body));
    }

    /** Loads one source and returns the id of its environment. */
    public String load(String source) {
        Response response = post("/environments", "text/plain", source);
        if (response.status() != 200) {
            response.expect(201);
        }
        return response.json().path("id").asString();
    }

    /** Posts a job of a method and returns the response. */
    public Response submit(String environment, String method, String args, String options) {
        return post(
                "/jobs",
                "{\"environmentId\":%s,\"method\":%s,\"args\":%s,\"options\":%s}"
                        .formatted(Json.write(environment), Json.write(method), args, options));
    }

    /** Loads a source, posts a job and returns the id of the job. */
    public String start(String source, String method, String args, String options) {
        return submit(load(source), method, args, options)
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    public String start(String source, String method, String args) {
        return start(source, method, args, "{}");
    }

    public JsonNode job(String id) {
        return get("/jobs/" + id).expect(200).json();
    }

    /** Waits until the job has ended and returns it. */
    public JsonNode ended(String id) {
        return Await.found("the end of job " + id, Duration.ofMinutes(3), () -> {
            JsonNode job = get("/jobs/" + id + "?wait=30s").expect(200).json();
            boolean isOver = !job.path("finishedAt").asString("").isEmpty();
            return isOver ? java.util.Optional.of(job) : java.util.Optional.empty();
        });
    }

    /** Waits for the end of the job and returns its values as JSON text. */
    public String values(String id) {
        ended(id);
        return get("/jobs/" + id + "/values").expect(200).text().stripTrailing();
    }

    /** Loads a source, runs a job and returns its values as JSON text. */
    public String run(String source, String method, String args) {
        return values(start(source, method, args));
    }
}
