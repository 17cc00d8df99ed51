package io.minimalcluster.master.job.run;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.argument.JsonBodyScanner;
import io.minimalcluster.master.job.submit.ArgumentUpload;
import io.minimalcluster.master.job.submit.JsonFieldReader;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON body of {@code POST /run} as a stream. Its fields may have any order, and its arguments go into
 * segments.
 */
final class RunRequestReader {
    private final JsonFieldReader fields;
    private final PostedSources posted;
    private final ArgumentLimits limits;
    private final ArgumentUpload arguments;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String source;
    private @Nullable Sources sources;
    private @Nullable String function;
    private JobOptions options = JobOptions.DEFAULTS;

    RunRequestReader(JsonMapper json, PostedSources posted, ArgumentLimits limits, ArgumentUpload arguments) {
        this.posted = posted;
        this.fields = new JsonFieldReader(json);
        this.limits = limits;
        this.arguments = arguments;
    }

    RunRequest read(InputStream body) throws IOException {
        JsonBodyScanner.scan(body, limits, this::read);
        if (sources == null || sources.files.isEmpty()) { // generated clients send empty collections
            return RunRequest.of(posted, source, function, options);
        }
        if (source != null) {
            throw Malformed.field("source", "Post a source, or sources by their names, not both.");
        }
        return RunRequest.of(sources.files, function, options);
    }

    private void read(JsonScanner scanner) throws IOException {
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            field(name, scanner);
        }
        scanner.finish();
    }

    private void field(String name, JsonScanner scanner) throws IOException {
        if (!seen.add(name)) {
            throw JsonFieldReader.duplicate(name);
        }
        int longest = Math.toIntExact(limits.argumentBytes().bytes()); // PostedSources checks the size of sources later
        switch (name) {
            case "source" -> source = fields.read(name, scanner, String.class, longest);
            case "sources" -> sources = new Sources(files(scanner, longest));
            case "function" -> function = fields.read(name, scanner, String.class);
            case "options" -> options = fields.readOptions(scanner);
            case "args" -> arguments.read(scanner, null);
            default -> throw JsonFieldReader.unknown(name);
        }
    }

    private Map<String, String> files(JsonScanner scanner, int longest) throws IOException {
        return fields.read("sources", scanner, FileMap.class, longest);
    }

    /** Source text by file name. */
    private record Sources(Map<String, String> files) {}

    /** A map with known type arguments, for Jackson. */
    private static final class FileMap extends java.util.LinkedHashMap<String, String> {
        private static final long serialVersionUID = 1;
    }
}
