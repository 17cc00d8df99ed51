package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends raw bytes over a socket, for requests that an HTTP client does not send. */
public final class RawRequests {
    private RawRequests() {}

    /** Sends the start of a request and resets the connection. */
    public static void sendAndReset(URI master, String bytes) {
        try (Socket socket = connect(master)) {
            socket.setSoLinger(true, 0); // causes a reset, as by a killed process
            send(socket, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the start of a request and waits. Returns the response up to the end of the connection. */
    public static String sendAndStall(URI master, String bytes) {
        try (Socket socket = connect(master)) {
            socket.setSoTimeout(60_000);
            send(socket, bytes);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a head with {@code Expect: 100-continue}, runs an action after the interim response, and then sends the
     * body.
     *
     * @return the response, up to the end of the connection
     */
    public static String sendAfterContinue(URI master, String head, String body, Runnable meanwhile) {
        try (Socket socket = connect(master)) {
            socket.setSoTimeout(60_000);
            send(socket, head);
            InputStream in = socket.getInputStream();
            String interim = new String(in.readNBytes("HTTP/1.1 100".length()), StandardCharsets.UTF_8);
            if (!interim.equals("HTTP/1.1 100")) {
                throw new IllegalStateException(interim + read(in));
            }
            meanwhile.run();
            send(socket, body);
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request, and repeats it on a second connection as soon as the JSON response is complete.
     *
     * @return the two status lines
     */
    public static List<String> sendTwice(URI master, String call) {
        try (Socket first = connect(master);
                Socket second = connect(master)) {
            first.setSoTimeout(60_000);
            second.setSoTimeout(60_000);
            first.setTcpNoDelay(true);
            second.setTcpNoDelay(true);
            send(first, call);
            String answer = readUntil("}\n", first.getInputStream());
            send(second, call);
            String repeated = readUntil("}\n", second.getInputStream());
            return List.of(
                    answer.lines().findFirst().orElseThrow(),
                    repeated.lines().findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readUntil(String end, InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < end.length() || read.lastIndexOf(end) < read.length() - end.length()) {
            int next = in.read();
            if (next < 0) {
                throw new IllegalStateException("the answer ends early: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static Socket connect(URI master) throws IOException {
        return new Socket(master.getHost(), master.getPort());
    }

    private static void send(Socket socket, String bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String read(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
