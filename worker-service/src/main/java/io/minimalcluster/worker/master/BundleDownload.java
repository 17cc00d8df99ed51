package io.minimalcluster.worker.master;

import io.minimalcluster.model.support.Sha256;
import io.minimalcluster.worker.master.MasterHttp.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Downloads a bundle to a file, and checks it against the digest in its ETag. */
final class BundleDownload {
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
        Call call = new Call("GET", path, BodyPublishers.noBody(), limit);
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
        String etag = download(call, part).headers().firstValue("ETag").orElse("");
        String digest = sha256(part);
        return etag.equals('"' + digest + '"')
                ? null
                : "a bundle with the digest " + digest + " and the ETag " + etag.replaceAll("[^\"\\w/-]", "?");
    }

    private HttpResponse<Path> download(Call call, Path part)
            throws MasterCallException, InterruptedException, IOException {
        try (FileBodySubscriber body = new FileBodySubscriber(part)) {
            try {
                return http.send(call, _ -> body);
            } catch (MasterCallException e) {
                if (body.writeFailure().isPresent()) {
                    throw body.writeFailure().get();
                }
                throw e;
            }
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
