package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.compile.CompilerClient;
import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadFolder;
import io.minimalcluster.master.environment.upload.UploadedFile;
import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.FormPart;
import io.minimalcluster.master.http.MultipartReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads an environment from a form: sources into memory, as few and small as they are, all else onto the disk. */
@Component
final class EnvironmentFormReader {
    private final EnvironmentLimits limits;
    private final CompilerClient compiler;

    EnvironmentFormReader(EnvironmentLimits limits, CompilerClient compiler) {
        this.limits = limits;
        this.compiler = compiler;
    }

    /**
     * What was posted.
     *
     * @param name from the part of that name; null where there is none
     */
    record Read(@Nullable String name, PostedContent content) {}

    /** @param upload where the files are to be */
    Read read(HttpServletRequest request, UploadFolder upload) throws IOException {
        Reading reading = new Reading(upload);
        MultipartReader form = MultipartReader.of(request, EnvironmentLimits.PARTS);
        for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
            reading.take(part.get());
        }
        return reading.done();
    }

    private final class Reading {
        private final UploadFolder upload;
        private final Map<String, String> sources = new LinkedHashMap<>();
        private final List<UploadedFile> libraries = new ArrayList<>();
        private final List<UploadedFile> resources = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private long sourceBytes = limits.sourceBytes().bytes();
        private @Nullable String name;

        Reading(UploadFolder upload) {
            this.upload = upload;
        }

        void take(FormPart part) throws IOException {
            switch (part.name()) {
                case null -> throw new Malformed("A part of the form has no name.");
                case "source" -> source(part);
                case "library" -> libraries.add(file(part));
                case "resource" -> resources.add(file(part));
                case "name" -> name = part.text(EnvironmentLimits.NAME_BYTES);
                default ->
                    throw Malformed.field(
                            part.name(), "There is no part '" + part.name() + "' here, but source, library, resource.");
            }
            if (libraries.size() > EnvironmentLimits.LIBRARIES) {
                throw new BadFile("", "More than " + EnvironmentLimits.LIBRARIES + " libraries.");
            }
            if (sources.size() + resources.size() > EnvironmentLimits.FILES) {
                throw new BadFile("", "More than " + EnvironmentLimits.FILES + " files.");
            }
        }

        private void source(FormPart part) throws IOException {
            String text = part.text(Math.toIntExact(sourceBytes));
            sourceBytes -= text.length();
            Optional<String> posted = part.fileName();
            String fileName = posted.isPresent() ? posted.get() : compiler.nameOf(text);
            once("source", fileName);
            sources.put(fileName, text);
        }

        private UploadedFile file(FormPart part) throws IOException {
            String fileName = part.fileName().orElse("");
            once(part.name(), fileName);
            try (InputStream content = part.content()) {
                return upload.keep(fileName, content);
            }
        }

        /** A form's files often lack their folders: then two of them have one name. */
        private void once(String kind, String fileName) {
            if (!names.add(kind + "/" + fileName)) {
                throw new BadFile(fileName, "It comes twice. Name each with its folders: filename=com/acme/Pi.java");
            }
        }

        Read done() {
            if (sources.isEmpty()) {
                throw Malformed.field("source", "There is no part 'source'.");
            }
            return new Read(name, PostedContent.of(sources, libraries, resources));
        }
    }
}
