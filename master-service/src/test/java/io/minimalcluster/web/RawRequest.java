package io.minimalcluster.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A call over a socket of its own, in which anything can be wrong. */
public final class RawRequest {
    private final int port;
    private final StringBuilder head = new StringBuilder();
    private String body = "";
    private boolean hasHost;
    private boolean hangsUp;

    private RawRequest(int port, String line) {
        this.port = port;
        head.append(line).append("\r\n");
    }

    public static RawRequest to(int port, String method, String target) {
        return new RawRequest(port, method + " " + target + " HTTP/1.1");
    }

    /** Sends bytes as they are, and reads the answer to the end. */
    public static RawResponse send(int port, String bytes) throws IOException {
        return RawResponse.parse(exchange(port, bytes, false));
    }

    /** All that comes until the other side ends the connection by itself. */
    public static byte[] untilClosed(int port, String bytes) throws IOException {
        return exchange(port, bytes, false);
    }

    private static byte[] exchange(int port, String bytes, boolean hangUp) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (hangUp) {
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

    /** With its length. */
    public RawRequest body(String type, String content) {
        header("Content-Type", type);
        header("Content-Length", String.valueOf(content.getBytes(StandardCharsets.ISO_8859_1).length));
        body = content;
        return this;
    }

    public RawRequest json(String content) {
        return body("application/json", content);
    }

    /** What stands after the headers, with nothing said of it. */
    public RawRequest tail(String bytes) {
        body = bytes;
        return this;
    }

    /** Sends no more after this, but still listens. */
    public RawRequest thenHangUp() {
        hangsUp = true;
        return this;
    }

    public RawResponse send() throws IOException {
        if (!hasHost) {
            header("Host", "localhost:" + port);
        }
        return RawResponse.parse(exchange(port, head + "Connection: close\r\n\r\n" + body, hangsUp));
    }

    /** What came before a reset counts too. */
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
