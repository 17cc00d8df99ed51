package io.minimalcluster.worker.master;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** Reads a response body into memory, up to a limit. */
final class ResponseBytes {
    private static final byte[] NONE = {};

    private ResponseBytes() {}

    /**
     * Reads the body.
     *
     * @throws IOException if it is larger than the limit
     */
    static byte[] read(ClassicHttpResponse response, int limit) throws IOException {
        HttpEntity body = response.getEntity();
        if (body == null) {
            return NONE;
        }
        long announced = body.getContentLength();
        int expected = announced >= 0 && announced < limit ? (int) announced : limit;
        // The memory grows with what arrives: a length that a server only announces takes none.
        InputStream in = body.getContent();
        byte[] bytes = in.readNBytes(expected);
        if (bytes.length == limit && in.read() >= 0) {
            throw new IOException("a response of more than " + limit + " bytes");
        }
        return bytes;
    }
}
