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

/** Reads an environment from a multipart form: sources into memory, libraries and resources to disk. */
@Component
final class EnvironmentFormReader {
    private final EnvironmentLimits limits;
    private final CompilerClient compiler;

    EnvironmentFormReader(EnvironmentLimits limits, CompilerClient compiler) {
        this.limits = limits;
        this.compiler = compiler;
    }

    /**
     * The content of the form.
     *
     * @param name content of the part {@code name}; null if absent
     */
    record Read(@Nullable String name, PostedContent content) {}

    /** @param upload folder for libraries and resources */
    Read read(HttpServletRequest request, UploadFolder upload) throws IOException {
        Reading reading = new Reading(upload);
        MultipartReader form = MultipartReader.of(request, EnvironmentLimits.PARTS);
        for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
            reading.add(part.get());
        }
        return reading.finish();
    }

    private final class Reading {
        private final UploadFolder upload;
        private final Map<String, String> sources = new LinkedHashMap<>();
        private final List<UploadedFile> mains = new ArrayList<>();
        private final List<UploadedFile> libraries = new ArrayList<>();
        private final List<UploadedFile> resources = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private long sourceBytes = limits.sourceBytes().bytes();
        private @Nullable String name;

        Reading(UploadFolder upload) {
            this.upload = upload;
        }

        void add(FormPart part) throws IOException {
            switch (part.name()) {
                case null -> throw new Malformed("A part of the form has no name.");
                case "source" -> source(part);
                case "main" -> mains.add(file(part));
                case "library" -> libraries.add(file(part));
                case "resource" -> resources.add(file(part));
                case "name" -> name = part.text(EnvironmentLimits.NAME_BYTES);
                default ->
                    throw Malformed.field(
                            part.name(),
                            "There is no part '" + part.name()
                                    + "' here; use source or main, library, resource or name.");
            }
            if (mains.size() > 1) {
                throw Malformed.field("main", "There is more than one part 'main'.");
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
            checkUnique("source", fileName);
            sources.put(fileName, text);
        }

        private UploadedFile file(FormPart part) throws IOException {
            String fileName = part.fileName().orElse("");
            checkUnique(part.name(), fileName);
            try (InputStream content = part.content()) {
                return upload.keep(fileName, content);
            }
        }

        /** Rejects a repeated file name, which is typical for forms without folders in file names. */
        private void checkUnique(String kind, String fileName) {
            if (!names.add(kind + "/" + fileName)) {
                throw new BadFile(
                        fileName,
                        "The file occurs twice. Send file names with their folders: filename=com/acme/Pi.java");
            }
        }

        Read finish() {
            if (sources.isEmpty() && mains.isEmpty()) {
                throw Malformed.field("source", "There is no part 'source', and no part 'main'.");
            }
            if (!sources.isEmpty() && !mains.isEmpty()) {
                throw Malformed.field("main", "Post parts 'source', or a part 'main' with compiled classes, not both.");
            }
            UploadedFile main = mains.isEmpty() ? null : mains.getFirst();
            return new Read(name, PostedContent.of(main, sources, libraries, resources));
        }
    }
}
