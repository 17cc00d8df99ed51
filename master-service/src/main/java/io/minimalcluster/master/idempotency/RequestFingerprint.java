package io.minimalcluster.master.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.http.BodyListener;
import io.minimalcluster.model.support.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Digest that identifies a request: method, path, query, content type and body. */
final class RequestFingerprint implements BodyListener {
    private final MessageDigest digest = Sha256.digest();
    private final BoundaryStrippingDigest body;
    private @Nullable String sha256;

    private RequestFingerprint(String head, @Nullable String boundary) {
        digest.update(head.getBytes(UTF_8));
        this.body = new BoundaryStrippingDigest(boundary == null ? "" : boundary, digest);
    }

    /** Creates the fingerprint of a request whose body has not been read. */
    static RequestFingerprint of(HttpServletRequest request) {
        MediaType type = request.getContentType() == null
                ? MediaType.ALL
                : MediaType.parseMediaType(request.getContentType().toLowerCase(Locale.ROOT));
        String head = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n"
                + type.getType() + "/" + type.getSubtype() + "\n";
        return new RequestFingerprint(head, boundary(request.getContentType()));
    }

    private static @Nullable String boundary(@Nullable String type) {
        return type == null ? null : MediaType.parseMediaType(type).getParameter("boundary");
    }

    @Override
    public void read(byte[] bytes, int offset, int count) {
        body.update(bytes, offset, count);
    }

    /** Number of bytes of the body read so far. */
    long length() {
        return body.digestedBytes();
    }

    /** The digest in hex. The body must have been read completely. */
    String sha256() {
        String known = sha256;
        if (known == null) {
            body.end();
            known = HexFormat.of().formatHex(digest.digest());
            sha256 = known;
        }
        return known;
    }
}
