package io.minimalcluster.master.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.http.AlsoQuery;
import io.minimalcluster.master.page.PageRequest;
import io.minimalcluster.master.problem.MasterException.BadFile;
import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.master.problem.MasterException.NotFound;
import io.minimalcluster.master.problem.MasterException.PayloadTooLarge;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.NewEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
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
    private static final String UNNAMED = "Main.java";

    private final Environments environments;
    private final LoadEnvironment load;
    private final EnvironmentLimits limits;

    EnvironmentController(Environments environments, LoadEnvironment load, EnvironmentLimits limits) {
        this.environments = environments;
        this.load = load;
        this.limits = limits;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> loadJson(
            Caller caller,
            @RequestBody NewEnvironment environment,
            @RequestParam(defaultValue = "false") boolean check) {
        return answer(caller, environment.name(), environment.sources(), check);
    }

    /** One source, raw: curl's default form type too, as nobody names another for a file. */
    @PostMapping(
            consumes = {"text/*", MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE
            })
    ResponseEntity<?> loadSource(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(defaultValue = "false") boolean check)
            throws IOException {
        return answer(caller, name, Map.of(UNNAMED, source(request)), check);
    }

    private String source(HttpServletRequest request) throws IOException {
        int most = Math.toIntExact(limits.sourceBytes().bytes());
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new PayloadTooLarge(most);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("The source is not UTF-8.");
        }
    }

    private ResponseEntity<?> answer(Caller caller, @Nullable String name, Map<String, String> sources, boolean check) {
        checkSources(sources);
        if (check) {
            return ResponseEntity.ok(load.check(sources));
        }
        LoadEnvironment.Loaded loaded = load.load(caller, name, sources);
        Environment environment = loaded.environment();
        return loaded.isNew()
                ? ResponseEntity.created(URI.create("/api/v1/environments/" + environment.id()))
                        .body(environment)
                : ResponseEntity.ok(environment);
    }

    private void checkSources(@Nullable Map<String, String> sources) {
        if (sources == null || sources.isEmpty()) {
            throw Malformed.field("sources", "There is no source.");
        }
        if (sources.size() > EnvironmentLimits.FILES) {
            throw new BadFile("", "More than " + EnvironmentLimits.FILES + " files.");
        }
        long length = sources.values().stream().mapToLong(String::length).sum();
        if (length > limits.sourceBytes().bytes()) {
            throw new PayloadTooLarge(limits.sourceBytes().bytes());
        }
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
