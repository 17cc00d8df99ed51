package io.minimalcluster.web;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.IgnoreUnknownQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Replacement of the API controllers: the same paths, with responses that tests can check. */
@RestController
@RequestMapping("/api/v1")
class TestEndpoints {
    enum Colour {
        RED
    }

    record Options(@Nullable Integer priority, @Nullable Map<String, String> labels) {}

    record Posted(
            String name,
            @Nullable Options options,
            @Nullable List<Long> args,
            @Nullable Colour colour) {
        Posted {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name must not be empty");
            }
        }
    }

    @GetMapping("/environments")
    String caller(Caller caller) {
        return caller.owner() + " " + caller.roles().stream().sorted().toList();
    }

    @GetMapping("/environments/{id}/bundle")
    ResponseEntity<byte[]> bundle(@PathVariable String id) {
        return ResponseEntity.ok()
                .header("Cache-Control", "max-age=31536000")
                .body(id.getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/environments")
    String echo(HttpServletRequest request, @RequestParam(required = false) @Nullable String name) throws IOException {
        return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8) + "|" + name;
    }

    /** How the caller of a proxy appears. */
    @GetMapping("/functions")
    String seen(HttpServletRequest request) {
        return request.getRemoteAddr() + " " + request.isSecure() + " " + Links.to("/x");
    }

    @GetMapping("/jobs")
    @AdditionalQueryParameters("label.*")
    String jobs(@RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) List<String> state) {
        return limit + " " + state;
    }

    @PostMapping(path = "/jobs", consumes = "application/json", produces = "application/json")
    Posted json(@RequestBody Posted posted) {
        return posted;
    }

    @PostMapping(path = "/jobs", consumes = "application/x-ndjson")
    long lines(HttpServletRequest request) throws IOException {
        return request.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @PostMapping("/workers/{id}/leases/{leaseId}/results")
    @IgnoreUnknownQueryParameters
    long results(HttpServletRequest request) throws IOException {
        return request.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @DeleteMapping("/jobs/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        return ResponseEntity.noContent().build();
    }

    /** Fails in the way that the header {@code Fail} names. */
    @GetMapping("/cluster")
    String fail(@RequestHeader(name = "Fail", defaultValue = "") String kind, HttpServletResponse response)
            throws Exception {
        switch (kind) {
            case "conflict" -> throw new MasterException.Conflict("It has ended.", "SUCCEEDED");
            case "exception" -> throw new IllegalStateException("secret detail");
            case "error" -> throw new StackOverflowError();
            case "outage" -> throw outage();
            case "outage-halfway" -> {
                ResponseBuffer.stream(); // another response is sent as a whole
                response.setContentLength(1000);
                response.getOutputStream().write('x');
                response.flushBuffer();
                throw outage();
            }
            case "cached" -> {
                response.setHeader("Cache-Control", "max-age=31536000");
                response.setHeader("ETag", "\"x\"");
                response.getWriter().write("secret detail");
                throw outage();
            }
            case "send-error" -> response.sendError(503, "secret detail");
            case "halfway" -> {
                ResponseBuffer.stream(); // another response is sent as a whole
                response.setContentLength(1000);
                response.getOutputStream().write('x');
                response.flushBuffer();
                throw new IllegalStateException("secret detail");
            }
            default -> {
                return "ok";
            }
        }
        return "";
    }

    private static MasterException outage() {
        return new MasterException.Unavailable(
                "The store is not available.", Duration.ofSeconds(2), new IllegalStateException("secret detail"));
    }

    @GetMapping("/workers")
    CompletableFuture<String> async(Caller caller, @RequestHeader(name = "Fail", defaultValue = "") String kind) {
        return CompletableFuture.supplyAsync(() -> {
            if (!kind.isEmpty()) {
                throw new MasterException.NotFound("worker w");
            }
            return caller.owner();
        });
    }
}
