package io.minimalcluster.master.environment;

import io.minimalcluster.master.http.AlsoQuery;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.page.PageRequest;
import io.minimalcluster.master.problem.MasterException.NotFound;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.NewEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The calls on environments. */
@RestController
@RequestMapping("/api/v1/environments")
class EnvironmentController {
    private final Environments environments;
    private final LoadEnvironment load;
    private final PostedSources sources;

    EnvironmentController(Environments environments, LoadEnvironment load, PostedSources sources) {
        this.environments = environments;
        this.load = load;
        this.sources = sources;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> loadJson(
            Caller caller,
            IdempotentCall call,
            @RequestBody NewEnvironment environment,
            @RequestParam(defaultValue = "false") boolean check)
            throws IOException {
        return answer(caller, call, environment, check);
    }

    /** One source, raw: curl's default form type too, as nobody names another for a file. */
    @PostMapping(
            consumes = {"text/*", MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    ResponseEntity<?> loadSource(
            Caller caller,
            IdempotentCall call,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(defaultValue = "false") boolean check)
            throws IOException {
        String source = sources.read(request.getInputStream());
        return answer(caller, call, new NewEnvironment(name, Map.of(PostedSources.UNNAMED, source)), check);
    }

    private ResponseEntity<?> answer(Caller caller, IdempotentCall call, NewEnvironment posted, boolean check)
            throws IOException {
        sources.check(posted.sources());
        if (check) {
            return ResponseEntity.ok(load.check(posted.sources()));
        }
        Optional<String> earlier = call.earlier();
        if (earlier.isPresent()) {
            return ResponseEntity.ok(environments.get(caller, new EnvironmentId(earlier.get())));
        }
        LoadEnvironment.Loaded loaded = load.load(caller, posted.name(), posted.sources(), call.finish());
        Environment environment = loaded.environment();
        return loaded.isNew()
                ? ResponseEntity.created(URI.create("/api/v1/environments/" + environment.id()))
                        .body(environment)
                : ResponseEntity.ok(environment);
    }

    @GetMapping
    @AlsoQuery({"limit", "after"})
    Page<Environment> list(Caller caller, PageRequest page) {
        return environments.list(caller, page);
    }

    @GetMapping("/{id}")
    Environment get(Caller caller, @PathVariable EnvironmentId id) {
        return environments.get(caller, id);
    }

    @GetMapping("/{id}/sources")
    Map<String, String> sources(Caller caller, @PathVariable EnvironmentId id) {
        return environments.sources(caller, id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable EnvironmentId id) {
        environments.delete(caller, id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{id}/bundle")
    ResponseEntity<byte[]> bundle(@PathVariable EnvironmentId id) {
        Environments.StoredBundle bundle = environments.bundle(id).orElseThrow(() -> new NotFound("environment " + id));
        return ResponseEntity.ok()
                .eTag(bundle.sha256())
                .contentType(MediaType.parseMediaType("application/java-archive"))
                .body(bundle.bytes());
    }
}
