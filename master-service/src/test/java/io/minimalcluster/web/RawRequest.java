package io.minimalcluster.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP request over its own socket, which may be malformed in any way. */
public final class RawRequest {
    private final int port;
    private final StringBuilder head = new StringBuilder();
    private String body = "";
    private boolean hasHost;
    private boolean closesOutput;

    private RawRequest(int port, String line) {
        this.port = port;
        head.append(line).append("\r\n");
    }

    public static RawRequest to(int port, String method, String target) {
        return new RawRequest(port, method + " " + target + " HTTP/1.1");
    }

    /** Sends bytes unchanged and reads the response to the end. */
    public static RawResponse send(int port, String bytes) throws IOException {
        return RawResponse.parse(exchange(port, bytes, false));
    }

    /** Sends bytes unchanged and returns all bytes until the server closes the connection. */
    public static byte[] untilClosed(int port, String bytes) throws IOException {
        return exchange(port, bytes, false);
    }

    private static byte[] exchange(int port, String bytes, boolean closeOutput) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (closeOutput) {
                socket.shutdownOutput();
            }
            return readAll(socket.getInputStream());
        }
    }

    public RawRequest key(String key) {
        return header("Authorization", "Bearer " + key);
    }

    public RawRequest header(String name, String value) {
        hasHost |= name.equals("Host");
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** Adds a body with {@code Content-Type} and {@code Content-Length}. */
    public RawRequest body(String type, String content) {
        header("Content-Type", type);
        header("Content-Length", String.valueOf(content.getBytes(StandardCharsets.ISO_8859_1).length));
        body = content;
        return this;
    }

    public RawRequest json(String content) {
        return body("application/json", content);
    }

    /** Adds bytes after the headers, without headers that describe them. */
    public RawRequest tail(String bytes) {
        body = bytes;
        return this;
    }

    /** Closes the output side of the socket after sending, but still reads the response. */
    public RawRequest closeOutputAfterSending() {
        closesOutput = true;
        return this;
    }

    public RawResponse send() throws IOException {
        if (!hasHost) {
            header("Host", "localhost:" + port);
        }
        return RawResponse.parse(exchange(port, head + "Connection: close\r\n\r\n" + body, closesOutput));
    }

    /** Reads to the end, or to a reset of the connection after the first byte. */
    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }
}
