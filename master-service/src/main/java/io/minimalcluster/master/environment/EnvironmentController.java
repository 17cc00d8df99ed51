package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadFolder;
import io.minimalcluster.master.environment.upload.UploadStorage;
import io.minimalcluster.master.http.AdditionalQueryParameters;
import io.minimalcluster.master.http.Links;
import io.minimalcluster.master.http.budget.ResponseBuffer;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.environment.EnvironmentContent;
import io.minimalcluster.model.environment.NewEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
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
import org.springframework.web.context.request.ServletWebRequest;

/** Endpoints of environments. */
@RestController
@RequestMapping("/api/v1/environments")
class EnvironmentController {
    private static final CacheControl IMMUTABLE =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private final Environments environments;
    private final LoadEnvironment load;
    private final PostedSources sources;
    private final EnvironmentFormReader form;
    private final UploadStorage uploads;

    EnvironmentController(
            Environments environments,
            LoadEnvironment load,
            PostedSources sources,
            EnvironmentFormReader form,
            UploadStorage uploads) {
        this.environments = environments;
        this.load = load;
        this.sources = sources;
        this.form = form;
        this.uploads = uploads;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> loadJson(
            Caller caller,
            IdempotentCall call,
            @RequestBody NewEnvironment environment,
            @RequestParam(defaultValue = "false") boolean check)
            throws IOException {
        sources.check(environment.sources());
        return answer(caller, call, environment, check);
    }

    /** Loads an environment from a form with parts {@code source}, {@code library} and {@code resource}. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<?> loadForm(
            Caller caller,
            IdempotentCall call,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(defaultValue = "false") boolean check)
            throws IOException {
        try (UploadFolder upload = uploads.begin()) {
            EnvironmentFormReader.Read read = form.read(request, upload);
            if (check) {
                return ResponseEntity.ok(load.check(read.content()));
            }
            Optional<String> earlier = call.earlier();
            if (earlier.isPresent()) {
                return earlier(caller, earlier.get());
            }
            PreparedEnvironment prepared = load.ready(read.content(), upload);
            return answer(load.load(caller, name == null ? read.name() : name, prepared, call.finish()));
        }
    }

    /** Loads an environment from one source as the body. Also accepts curl's default content type for forms. */
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
        Map<String, String> named = sources.named(sources.read(request.getInputStream()));
        return answer(caller, call, new NewEnvironment(name, named), check);
    }

    private ResponseEntity<?> answer(Caller caller, IdempotentCall call, NewEnvironment posted, boolean check)
            throws IOException {
        if (check) {
            return ResponseEntity.ok(load.check(PostedContent.of(posted.sources())));
        }
        Optional<String> earlier = call.earlier();
        if (earlier.isPresent()) {
            return earlier(caller, earlier.get());
        }
        return answer(load.load(caller, posted.name(), load.ready(posted.sources()), call.finish()));
    }

    private ResponseEntity<Environment> earlier(Caller caller, String id) {
        return ResponseEntity.ok(environments.get(caller, new EnvironmentId(id)));
    }

    private static ResponseEntity<Environment> answer(LoadEnvironment.Loaded loaded) {
        Environment environment = loaded.environment();
        return loaded.isNew()
                ? ResponseEntity.created(Links.to("/api/v1/environments/" + environment.id()))
                        .body(environment)
                : ResponseEntity.ok(environment);
    }

    @GetMapping
    @AdditionalQueryParameters({"limit", "after"})
    Page<Environment> list(Caller caller, PageRequest page) {
        return environments.list(caller, page);
    }

    @GetMapping("/{id}")
    Environment get(Caller caller, @PathVariable EnvironmentId id) {
        ResponseBuffer.reserve();
        return environments.get(caller, id);
    }

    @GetMapping("/{id}/sources")
    EnvironmentContent sources(Caller caller, @PathVariable EnvironmentId id) {
        ResponseBuffer.reserve();
        return environments.content(caller, id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable EnvironmentId id) {
        environments.delete(caller, id);
        return ResponseEntity.noContent().build();
    }

    /** Sends a chunk at a time, so that many workers can read a large bundle at once. */
    @GetMapping("/{id}/bundle")
    void bundle(@PathVariable EnvironmentId id, ServletWebRequest call, HttpServletResponse response)
            throws IOException {
        String sha256 = environments.bundleSha256(id);
        response.setHeader(HttpHeaders.CACHE_CONTROL, IMMUTABLE.getHeaderValue());
        if (call.checkNotModified(sha256)) { // sets the ETag
            return;
        }
        response.setContentType("application/java-archive");
        if (HttpMethod.HEAD.equals(call.getHttpMethod())) {
            return;
        }
        ResponseBuffer.stream();
        OutputStream out = response.getOutputStream();
        int length = BundleChunks.CHUNK_BYTES;
        for (int number = 0; length == BundleChunks.CHUNK_BYTES; number++) {
            int current = number;
            length = ResponseBuffer.part(() -> {
                byte[] chunk = environments.bundleChunk(id, current);
                out.write(chunk);
                return chunk.length;
            });
        }
    }
}
