package io.minimalcluster.master.environment;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadFolder;
import io.minimalcluster.master.environment.upload.UploadedFile;
import io.minimalcluster.model.support.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The bundle of an environment for workers: the jar of the compiler, with resources and libraries as uncompressed
 * entries. Libraries are not opened here.
 */
final class Bundle {
    private static final String LIBRARIES = "META-INF/minimalcluster/libraries/";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final String sha256;
    private final Opening opening;

    private interface Opening {
        InputStream open() throws IOException;
    }

    private Bundle(String sha256, Opening opening) {
        this.sha256 = sha256;
        this.opening = opening;
    }

    /** Creates a reproducible bundle: its bytes depend only on the content. */
    static Bundle of(byte[] compiled, PostedContent content, UploadFolder upload) throws IOException {
        if (!content.hasFiles()) {
            return of(compiled);
        }
        Path file = upload.newFile();
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(upload.write(file), digest);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            copy(compiled, jar);
            for (UploadedFile resource : content.resources()) {
                add(jar, resource.name(), resource);
            }
            List<UploadedFile> libraries = content.jars();
            for (int at = 0; at < libraries.size(); at++) {
                add(jar, LIBRARIES + "%04d.jar".formatted(at), libraries.get(at));
            }
        }
        return new Bundle(HexFormat.of().formatHex(digest.digest()), () -> Files.newInputStream(file));
    }

    static Bundle of(byte[] compiled) {
        return new Bundle(Sha256.hex(compiled), () -> new ByteArrayInputStream(compiled));
    }

    private static void copy(byte[] compiled, ZipOutputStream jar) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(compiled))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                jar.putNextEntry(stored(entry.getName(), entry.getSize(), entry.getCrc()));
                in.transferTo(jar);
                jar.closeEntry();
            }
        }
    }

    private static void add(ZipOutputStream jar, String name, UploadedFile file) throws IOException {
        jar.putNextEntry(stored(name, file.bytes(), file.crc()));
        Files.copy(file.file(), jar);
        jar.closeEntry();
    }

    private static ZipEntry stored(String name, long size, long crc) {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(crc);
        entry.setTimeLocal(TIME);
        return entry;
    }

    /** SHA-256 of the bytes, in lower-case hex. */
    String sha256() {
        return sha256;
    }

    InputStream open() throws IOException {
        return opening.open();
    }
}
