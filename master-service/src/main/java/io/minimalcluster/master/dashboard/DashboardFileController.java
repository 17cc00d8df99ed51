package io.minimalcluster.master.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.dashboard.DashboardFiles.StaticFile;
import io.minimalcluster.master.error.MasterException.NotFound;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves scripts and styles of the dashboard and of its libraries. Browsers revalidate them by their entity tags. */
@RestController
final class DashboardFileController {
    private final DashboardFiles files;

    DashboardFileController(DashboardFiles files) {
        this.files = files;
    }

    @GetMapping("/dashboard/{file}")
    ResponseEntity<byte[]> own(@PathVariable String file) {
        return response(file, files.own(file));
    }

    @GetMapping("/dashboard/lib/{file}")
    ResponseEntity<byte[]> library(@PathVariable String file) {
        return response(file, files.library(file));
    }

    private static ResponseEntity<byte[]> response(String name, Optional<StaticFile> found) {
        StaticFile file = found.orElseThrow(() -> new NotFound("such file"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(file.etag())
                .contentType(new MediaType("text", subtype(name), UTF_8))
                .body(file.bytes());
    }

    private static String subtype(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "css";
            case "java" -> "plain";
            default -> "javascript";
        };
    }
}
