package io.minimalcluster.master.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The files of the dashboard. Each is read once, when it is first needed. */
@Component
final class DashboardFiles {
    private static final String FOLDER = "dashboard/";
    private static final String PAGE = FOLDER + "index.html";
    private static final String IMPORT_MAP = "{{importmap}}";

    private static final Pattern OWN = Pattern.compile("[A-Za-z-]{1,40}\\.(js|css|java)");

    private final JsonMapper json;
    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    /** Found at first use, because few masters are looked at right after their start. */
    private volatile @Nullable DashboardLibraries libraries;

    DashboardFiles(JsonMapper json) {
        this.json = json;
    }

    /**
     * A file.
     *
     * @param etag strong entity tag
     */
    record StaticFile(byte[] bytes, String etag) {
        static StaticFile of(byte[] bytes) {
            return new StaticFile(bytes, "\"" + Sha256.hex(bytes).substring(0, 32) + "\"");
        }
    }

    /** The page with its Content-Security-Policy. */
    record Page(String html, String policy) {}

    /** A script or a style of the dashboard itself, or an example for its playground. */
    Optional<StaticFile> own(String name) {
        String resource = FOLDER + name;
        boolean exists = OWN.matcher(name).matches()
                && DashboardFiles.class.getClassLoader().getResource(resource) != null;
        return exists ? Optional.of(file(resource)) : Optional.empty();
    }

    /** A file of a library. */
    Optional<StaticFile> library(String name) {
        return Optional.ofNullable(libraries().files().get(name)).map(this::file);
    }

    /** The page of the dashboard. Its only inline element is the import map, which the policy names by its digest. */
    Page page() {
        String importMap = libraries().importMap(json);
        String html = new String(file(PAGE).bytes(), UTF_8).replace(IMPORT_MAP, importMap);
        return new Page(html, policy(importMap));
    }

    private static String policy(String importMap) {
        String digest = Base64.getEncoder().encodeToString(Sha256.digest(importMap.getBytes(UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + digest + "'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private DashboardLibraries libraries() {
        DashboardLibraries found = libraries;
        if (found == null) {
            found = new DashboardLibraries(json);
            libraries = found;
        }
        return found;
    }

    private StaticFile file(String resource) {
        return read.computeIfAbsent(resource, DashboardFiles::load);
    }

    private static StaticFile load(String resource) {
        try (InputStream in = DashboardFiles.class.getClassLoader().getResourceAsStream(resource)) {
            return StaticFile.of(Objects.requireNonNull(in, resource).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
