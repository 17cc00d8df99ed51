package io.minimalcluster.master.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.webjars.WebJarVersionLocator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JavaScript libraries of the dashboard, in jars on the class path. Most of them say in {@code META-INF/importmap.json}
 * where their module is.
 */
final class DashboardLibraries {
    private static final String IMPORT_MAPS = "META-INF/importmap.json";
    private static final String RESOURCES = "META-INF/resources";
    private static final String PATH = "dashboard/lib/";
    private static final String PLOTS = "uplot";

    private final Map<String, String> files = new TreeMap<>(); // file name to resource
    private final Map<String, String> modules = new TreeMap<>(); // module specifier to file name

    DashboardLibraries(JsonMapper json) {
        try {
            for (URL map :
                    Collections.list(DashboardLibraries.class.getClassLoader().getResources(IMPORT_MAPS))) {
                try (InputStream in = map.openStream()) {
                    addAll(json.readTree(in).path("imports"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WebJarVersionLocator webJars = new WebJarVersionLocator();
        add(PLOTS, PLOTS + ".js", Objects.requireNonNull(webJars.fullPath(PLOTS, "dist/uPlot.esm.js")));
        files.put(PLOTS + ".css", Objects.requireNonNull(webJars.fullPath(PLOTS, "dist/uPlot.min.css")));
    }

    private void addAll(JsonNode imports) {
        imports.forEachEntry((specifier, path) -> {
            if (!specifier.endsWith("/")) {
                String name = specifier.replace("@", "").replace('/', '-') + ".js";
                add(specifier, name, RESOURCES + path.asString());
            }
        });
    }

    private void add(String specifier, String name, String resource) {
        modules.put(specifier, name);
        files.put(name, resource);
    }

    /** The class path resources of the libraries, by the file names under which they are served. */
    Map<String, String> files() {
        return Collections.unmodifiableMap(files);
    }

    /** The import map that resolves the names by which modules import each other. */
    String importMap(JsonMapper json) {
        Map<String, String> urls = new TreeMap<>();
        modules.forEach((specifier, name) -> urls.put(specifier, "./" + PATH + name));
        return json.writeValueAsString(Map.of("imports", urls));
    }
}
