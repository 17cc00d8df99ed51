package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes over a socket of their own, as no HTTP client would send them. */
public final class RawRequests {
    private RawRequests() {}

    /** Sends a beginning, and is gone. */
    public static void sendAndVanish(URI master, String bytes) {
        try (Socket socket = connect(master)) {
            socket.setSoLinger(true, 0); // a reset, as of a process that was killed
            send(socket, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a beginning, and then nothing; all that comes until the other side ends it. */
    public static String sendAndFallSilent(URI master, String bytes) {
        try (Socket socket = connect(master)) {
            socket.setSoTimeout(60_000);
            send(socket, bytes);
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a head that expects to be told to go on, does something when it is told, and only then sends the body.
     *
     * @return the answer, up to the end of the connection
     */
    public static String sendWhenAskedTo(URI master, String head, String body, Runnable meanwhile) {
        try (Socket socket = connect(master)) {
            socket.setSoTimeout(60_000);
            send(socket, head);
            InputStream in = socket.getInputStream();
            String told = new String(in.readNBytes("HTTP/1.1 100".length()), StandardCharsets.UTF_8);
            if (!told.equals("HTTP/1.1 100")) {
                throw new IllegalStateException(told + read(in));
            }
            meanwhile.run();
            send(socket, body);
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a call, and the same call again on a second connection as soon as the last byte of a JSON answer is there.
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
