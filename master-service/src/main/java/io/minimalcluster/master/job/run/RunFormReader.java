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
 * Reads the multipart form of {@code POST /run} part by part: any number of {@code source} files, {@code args} as a
 * file or a field, and all query parameters as fields.
 */
final class RunFormReader {
    private static final int MAX_PARTS = 1000;
    private static final int MAX_FIELD_CHARS = 64 * 1024;

    private final PostedSources posted;
    private final ArgumentLimits limits;
    private final ArgumentUpload arguments;
    private int bytesLeft = 2 * MAX_FIELD_CHARS; // for all fields together
    private final Map<String, String> sources = new LinkedHashMap<>();

    RunFormReader(PostedSources posted, ArgumentLimits limits, ArgumentUpload arguments) {
        this.posted = posted;
        this.limits = limits;
        this.arguments = arguments;
    }

    /** @param fields parameters of the query; the fields of the form are added to them */
    RunRequest read(HttpServletRequest request, RequestParameters fields, RunParameters parameters) throws IOException {
        try {
            MultipartReader parts = MultipartReader.of(request, MAX_PARTS);
            for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
                readPart(part.get(), fields);
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

    private void readPart(FormPart part, RequestParameters fields) throws IOException {
        switch (part.name()) {
            case "source" -> source(part);
            case "args" -> arguments(part);
            case null -> throw new Malformed("A part of the form has no name.");
            default -> {
                String text = part.text(Math.min(MAX_FIELD_CHARS, bytesLeft));
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

    /** A file is JSON, or NDJSON by its type or name. A short field may be list elements without brackets. */
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
        byte[] head = content.readNBytes(ArgumentUpload.MAX_TEXT_LENGTH + 1);
        String text = new String(head, UTF_8);
        if (head.length > ArgumentUpload.MAX_TEXT_LENGTH || text.strip().startsWith("{\"range\"")) {
            json(new SequenceInputStream(new ByteArrayInputStream(head), content));
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
