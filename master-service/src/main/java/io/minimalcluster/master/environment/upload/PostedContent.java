package io.minimalcluster.master.environment.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.EnvironmentContent;
import io.minimalcluster.model.support.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of an environment, sorted by name, and its digest, from which the id is derived.
 *
 * @param main compiled classes in place of sources; null for sources
 * @param sources by file name
 * @param libraries in class path order
 */
public record PostedContent(
        @Nullable UploadedFile main,
        Map<String, String> sources,
        List<UploadedFile> libraries,
        List<UploadedFile> resources,
        String sha256) {
    private static final int ID_DIGITS = 32;

    public static PostedContent of(Map<String, String> sources) {
        return of(null, sources, List.of(), List.of());
    }

    public static PostedContent of(
            @Nullable UploadedFile main,
            Map<String, String> sources,
            List<UploadedFile> libraries,
            List<UploadedFile> resources) {
        MessageDigest digest = Sha256.digest();
        Map<String, String> sorted = new TreeMap<>(sources);
        sorted.forEach((name, text) -> {
            add(digest, name);
            add(digest, text);
        });
        List<UploadedFile> classPath = sorted(libraries);
        List<UploadedFile> sortedResources = sorted(resources);
        if (main != null) {
            add(digest, "main", List.of(main));
        }
        add(digest, "library", classPath);
        add(digest, "resource", sortedResources);
        return new PostedContent(
                main, sorted, classPath, sortedResources, HexFormat.of().formatHex(digest.digest()));
    }

    private static List<UploadedFile> sorted(List<UploadedFile> files) {
        return files.stream().sorted(Comparator.comparing(UploadedFile::name)).toList();
    }

    private static void add(MessageDigest digest, String kind, List<UploadedFile> files) {
        for (UploadedFile file : files) {
            add(digest, kind);
            add(digest, file.name());
            add(digest, file.sha256());
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    public EnvironmentId id() {
        return new EnvironmentId("env-" + sha256.substring(0, ID_DIGITS));
    }

    public boolean hasFiles() {
        return main != null || !libraries.isEmpty() || !resources.isEmpty();
    }

    /** All jars in class path order, the compiled classes first. */
    public List<UploadedFile> jars() {
        return Stream.concat(Stream.ofNullable(main), libraries.stream()).toList();
    }

    public EnvironmentContent described() {
        return new EnvironmentContent(
                main == null ? null : main.described(),
                sources,
                libraries.stream().map(UploadedFile::described).toList(),
                resources.stream().map(UploadedFile::described).toList());
    }
}
