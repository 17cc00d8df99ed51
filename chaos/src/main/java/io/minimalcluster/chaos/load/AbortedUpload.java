package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.job.JobRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An upload that the client aborts within the body. */
final class AbortedUpload {
    private final SingleCalls calls;

    AbortedUpload(SingleCalls calls) {
        this.calls = calls;
    }

    /** Sends all arguments but not the end of the body, and then resets the connection. */
    CallResponse send(String environment, JobRequest order) {
        String lines = order.body(environment);
        String head =
                """
                POST /api/v1/jobs?environmentId=%s&%s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Authorization: Bearer %s\r
                Content-Type: application/x-ndjson\r
                Transfer-Encoding: chunked\r
                \r
                %x\r
                %s\r
                """.formatted(environment, order.query(), calls.master().getPort(), calls.key(), lines.length(), lines);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), calls.master().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // the upload ended earlier
        }
        return CallResponse.NONE;
    }
}
