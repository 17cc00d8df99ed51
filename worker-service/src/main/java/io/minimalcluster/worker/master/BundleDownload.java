package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.Sha256;
import io.minimalcluster.worker.master.MasterHttp.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Downloads a bundle to a file, and checks it against the digest in its ETag. */
final class BundleDownload {
    private static final int BUFFER = 64 * 1024;

    private final MasterHttp http;
    private final Duration limit;

    BundleDownload(MasterHttp http, Duration limit) {
        this.http = http;
        this.limit = limit;
    }

    /**
     * Downloads a bundle, again if it does not match its digest.
     *
     * @throws IOException if the file cannot be written, or no download matches the digest
     */
    void fetch(String path, Path file) throws MasterCallException, InterruptedException, IOException {
        Call call = new Call("GET", path, null, limit);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            String mismatch = fetchPart(call, part);
            if (mismatch != null) {
                Files.deleteIfExists(part);
                mismatch = fetchPart(call, part);
            }
            if (mismatch != null) {
                throw new IOException(mismatch);
            }
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Downloads to a file. Returns why it does not match its digest; null if it does. */
    private @Nullable String fetchPart(Call call, Path part)
            throws MasterCallException, InterruptedException, IOException {
        String etag = download(call, part);
        String digest = sha256(part);
        return etag.equals('"' + digest + '"')
                ? null
                : "a bundle with the digest " + digest + " and the ETag " + etag.replaceAll("[^\"\\w/-]", "?");
    }

    /** Downloads to a file. Returns the ETag. */
    private String download(Call call, Path part) throws MasterCallException, InterruptedException, IOException {
        try (FileWriter writer = new FileWriter(Files.newOutputStream(part))) {
            try {
                return http.send(call, writer::write);
            } catch (MasterCallException e) {
                if (writer.failure != null) {
                    throw writer.failure;
                }
                throw e;
            }
        }
    }

    /** Writes a response body to a file. Distinguishes write failures from network failures. */
    private static final class FileWriter implements AutoCloseable {
        private final OutputStream out;
        private volatile @Nullable IOException failure;

        FileWriter(OutputStream out) {
            this.out = out;
        }

        /** Writes the body. Returns the ETag. */
        String write(ClassicHttpResponse response) throws IOException {
            HttpEntity body = response.getEntity();
            if (body != null) {
                byte[] buffer = new byte[BUFFER];
                InputStream in = body.getContent();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    write(buffer, n);
                }
            }
            Header etag = response.getFirstHeader("ETag");
            return etag == null ? "" : etag.getValue();
        }

        private void write(byte[] buffer, int length) throws IOException {
            try {
                out.write(buffer, 0, length);
            } catch (ClosedChannelException e) {
                throw e; // the call has been cancelled, which says nothing about the disk
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = Sha256.digest();
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
