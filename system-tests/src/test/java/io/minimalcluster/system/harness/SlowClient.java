package io.minimalcluster.system.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A connection of a client that sends or reads slowly, or not at all. */
public final class SlowClient implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 4096;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();

    private SlowClient(URI master) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER); // before connecting, so that the window is small
            socket.connect(new InetSocketAddress(master.getHost(), master.getPort()), TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects without sending anything. */
    public static SlowClient connect(URI master) {
        return new SlowClient(master);
    }

    /** Connects and sends a request head with a key; other headers are lines. */
    public static SlowClient request(URI master, String key, String line, String... headers) {
        SlowClient client = new SlowClient(master);
        client.send(line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
        return client;
    }

    /** Sends bytes; false if the master has closed the connection. */
    public boolean send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads the first characters of the response; fewer if it ends early. */
    public String read(int count) {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the master closes the connection within some milliseconds. Reads and drops what it sends. */
    public boolean isClosed(int millis) {
        try {
            socket.setSoTimeout(millis);
            while (socket.getInputStream().read() >= 0) {
                // the response
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
