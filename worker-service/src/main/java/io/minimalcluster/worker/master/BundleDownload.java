package io.minimalcluster.worker.master;

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
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Streams a bundle into a file and checks it against the digest that its ETag is. */
final class BundleDownload {
    private final MasterHttp http;
    private final Duration limit;

    BundleDownload(MasterHttp http, Duration limit) {
        this.http = http;
        this.limit = limit;
    }

    /** @throws IOException if this machine can't keep it */
    void fetch(String path, Path file) throws MasterCallException, InterruptedException, IOException {
        Call call = new Call("GET", path, BodyPublishers.noBody(), limit);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            HttpResponse<Path> answer = download(call, part);
            check(answer.headers().firstValue("ETag").orElse(""), part);
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
                if (body.unwritten().isPresent()) {
                    throw body.unwritten().get();
                }
                throw e;
            }
        }
    }

    private static void check(String etag, Path part) throws MasterCallException, IOException {
        String digest = sha256(part);
        if (!etag.equals('"' + digest + '"')) {
            throw MasterHttp.nonsense(new IOException(
                    "a bundle with the digest " + digest + " and the ETag " + etag.replaceAll("[^\"\\w/-]", "?")));
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
