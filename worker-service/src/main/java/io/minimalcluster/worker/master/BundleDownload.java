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

/** Downloads a bundle to a file, and checks it against the digest in its ETag. */
final class BundleDownload {
    private final MasterHttp http;
    private final Duration limit;

    BundleDownload(MasterHttp http, Duration limit) {
        this.http = http;
        this.limit = limit;
    }

    /**
     * Downloads a bundle.
     *
     * @throws IOException if the file cannot be written
     */
    void fetch(String path, Path file) throws MasterCallException, InterruptedException, IOException {
        Call call = new Call("GET", path, BodyPublishers.noBody(), limit);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            HttpResponse<Path> response = download(call, part);
            check(response.headers().firstValue("ETag").orElse(""), part);
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
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

    private static void check(String etag, Path part) throws MasterCallException, IOException {
        String digest = sha256(part);
        if (!etag.equals('"' + digest + '"')) {
            throw MasterHttp.invalidResponse(new IOException(
                    "a bundle with the digest " + digest + " and the ETag " + etag.replaceAll("[^\"\\w/-]", "?")));
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
