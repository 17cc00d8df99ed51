package io.minimalcluster.master.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.FormPart;
import io.minimalcluster.master.http.MultipartReader;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.argument.JsonBodyScanner;
import io.minimalcluster.master.job.submit.ArgumentUpload;
import io.minimalcluster.model.job.JobOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.MultipartStream;

/**
 * The form of {@code POST /run}, read part by part: {@code source} as often as there are files, {@code args} as a file
 * or a field, and as fields whatever the query may say.
 */
final class RunFormReader {
    private static final int MOST_PARTS = 1000;
    private static final int MOST_OF_A_FIELD = 64 * 1024;

    private final PostedSources posted;
    private final ArgumentLimits limits;
    private final ArgumentUpload arguments;
    private int bytesLeft = 2 * MOST_OF_A_FIELD; // of the fields together
    private final Map<String, String> sources = new LinkedHashMap<>();

    RunFormReader(PostedSources posted, ArgumentLimits limits, ArgumentUpload arguments) {
        this.posted = posted;
        this.limits = limits;
        this.arguments = arguments;
    }

    /** @param fields those of the query, to which the form adds its own */
    RunRequest read(HttpServletRequest request, RequestParameters fields, RunParameters parameters) throws IOException {
        try {
            MultipartReader parts = MultipartReader.of(request, MOST_PARTS);
            for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
                take(part.get(), fields);
            }
        } catch (MultipartStream.MalformedStreamException e) {
            throw new Malformed("The multipart body ends early.");
        }
        RunParameters.Taken taken = parameters.take(fields, arguments);
        JobOptions options = taken.options();
        String function = taken.function().orElse(null);
        return sources.isEmpty()
                ? RunRequest.of(posted, null, function, options)
                : RunRequest.of(sources, function, options);
    }

    private void take(FormPart part, RequestParameters fields) throws IOException {
        switch (part.name()) {
            case "source" -> source(part);
            case "args" -> arguments(part);
            case null -> throw new Malformed("A part of the form has no name.");
            default -> {
                String text = part.text(Math.min(MOST_OF_A_FIELD, bytesLeft));
                bytesLeft -= Math.min(bytesLeft, part.name().length() + text.length());
                fields.add(part.name(), text);
            }
        }
    }

    private void source(FormPart part) throws IOException {
        try (InputStream content = part.content()) {
            String text = posted.read(content);
            Optional<String> file = part.fileName();
            Map<String, String> named = file.isPresent() ? Map.of(file.get(), text) : posted.named(text);
            named.forEach(this::add);
        }
        posted.check(sources);
    }

    private void add(String file, String text) {
        if (sources.put(file, text) != null) {
            throw new BadFile(file, "There are two sources of this name.");
        }
    }

    /** A file is JSON, or lines where its type or its name says so; a short field may be elements alone. */
    private void arguments(FormPart part) throws IOException {
        try (InputStream content = part.content()) {
            String file = part.fileName().orElse("");
            if (part.contentType().startsWith("application/x-ndjson")
                    || file.endsWith(".ndjson")
                    || file.endsWith(".jsonl")) {
                arguments.lines(content, null);
            } else if (part.fileName().isPresent()) {
                json(content);
            } else {
                field(content);
            }
        }
    }

    private void field(InputStream content) throws IOException {
        byte[] begin = content.readNBytes(ArgumentUpload.LONGEST_TEXT + 1);
        String text = new String(begin, UTF_8);
        if (begin.length > ArgumentUpload.LONGEST_TEXT || text.strip().startsWith("{\"range\"")) {
            json(new SequenceInputStream(new ByteArrayInputStream(begin), content));
        } else {
            arguments.text(text);
        }
    }

    private void json(InputStream content) throws IOException {
        JsonBodyScanner.scan(content, limits, scanner -> {
            arguments.read(scanner, null);
            scanner.finish();
        });
    }
}
