package io.minimalcluster.client.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.support.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A multipart form with the files of an environment. */
public final class EnvironmentForm {
    private static final String SOURCE = "source";
    private static final String MAIN = "main";
    private static final String LIBRARY = "library";
    private static final int ID_DIGITS = 32;

    private final List<Part> parts = new ArrayList<>();

    private record Part(String kind, String file, byte[] content) {}

    /** A form with a jar of compiled classes, whose public methods are the target functions. */
    public static EnvironmentForm ofClasses(String file, byte[] jar) {
        return new EnvironmentForm().with(MAIN, file, jar);
    }

    /**
     * A form with a jar of compiled classes, with a source, or with all sources of a folder.
     *
     * @throws IOException if the path cannot be read
     */
    public static EnvironmentForm of(Path path) throws IOException {
        EnvironmentForm form = new EnvironmentForm();
        String name = String.valueOf(path.getFileName());
        if (!Files.isDirectory(path)) {
            return form.with(name.endsWith(".jar") ? MAIN : SOURCE, name, Files.readAllBytes(path));
        }
        Path root = path.toRealPath(); // a walk does not follow links
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java") && Files.isRegularFile(each))
                    .sorted()
                    .toList()) {
                form.with(SOURCE, root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return form;
    }

    /** Adds a library. Libraries are on the class path in the order of their names. */
    public EnvironmentForm library(String file, byte[] jar) {
        return with(LIBRARY, file, jar);
    }

    private EnvironmentForm with(String kind, String file, byte[] content) {
        parts.add(new Part(kind, file, content));
        return this;
    }

    /** The id that a master gives to this content. Only for forms of compiled classes. */
    public EnvironmentId id() {
        MessageDigest digest = Sha256.digest();
        for (String kind : List.of(MAIN, LIBRARY)) {
            parts.stream()
                    .filter(part -> part.kind().equals(kind))
                    .sorted(Comparator.comparing(Part::file))
                    .forEach(part -> {
                        add(digest, kind);
                        add(digest, part.file());
                        add(digest, Sha256.hex(part.content()));
                    });
        }
        return new EnvironmentId(
                "env-" + HexFormat.of().formatHex(digest.digest()).substring(0, ID_DIGITS));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + boundary();
    }

    /** A text that does not occur in the parts, because it contains their digests. */
    private String boundary() {
        MessageDigest digest = Sha256.digest();
        parts.forEach(part -> digest.update(part.content()));
        return "part-" + HexFormat.of().formatHex(digest.digest());
    }

    /** The pieces of the body in their order. */
    public List<byte[]> body() {
        String boundary = boundary();
        List<byte[]> pieces = new ArrayList<>();
        for (Part part : parts) {
            pieces.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.kind()
                            + "\"; filename=\"" + part.file().replace("\"", "%22") + "\"\r\n\r\n")
                    .getBytes(UTF_8));
            pieces.add(part.content());
            pieces.add("\r\n".getBytes(UTF_8));
        }
        pieces.add(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return pieces;
    }
}
