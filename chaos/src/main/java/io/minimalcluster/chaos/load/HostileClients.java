package io.minimalcluster.chaos.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Clients that disturb others: slow readers, dripping senders, broken bodies and wrong keys. */
public final class HostileClients implements AutoCloseable {
    /** Few, because all clients of a run share one address. */
    private static final int OF_EACH_KIND = 4;

    private static final Duration DRIP = Duration.ofMillis(200);
    private static final int SMALL_BUFFER = 1024;

    private final URI master;
    private final String key;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HostileClients(URI master, String key) {
        this.master = master;
        this.key = key;
    }

    /** Starts clients of each kind, which go on until the end. */
    public static HostileClients start(URI master, String key) {
        HostileClients clients = new HostileClients(master, key);
        for (Visit kind : List.<Visit>of(
                clients::readSlowly, clients::dripHeader, clients::dripBody, clients::breakOff, clients::guessKey)) {
            for (int i = 0; i < OF_EACH_KIND; i++) {
                clients.threads.execute(() -> clients.repeat(kind));
            }
        }
        return clients;
    }

    @FunctionalInterface
    private interface Visit {
        void on(Socket socket) throws IOException;
    }

    private void repeat(Visit kind) {
        while (!closed) {
            try (Socket socket = new Socket()) {
                sockets.add(socket);
                socket.setReceiveBufferSize(SMALL_BUFFER);
                socket.connect(new java.net.InetSocketAddress(master.getHost(), master.getPort()), 1_000);
                kind.on(socket);
            } catch (IOException _) {
                // refused or cut off, as it should be
            } finally {
                sockets.removeIf(Socket::isClosed);
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(DRIP.toNanos());
    }

    private String head(String call, String authorization) {
        return call + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + authorization + "\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
        out.flush();
    }

    private void readSlowly(Socket socket) throws IOException {
        send(socket.getOutputStream(), head("GET /api/v1/jobs?limit=1000", key) + "\r\n");
        InputStream in = socket.getInputStream();
        while (!closed && in.read() >= 0) {
            pause();
        }
    }

    private void dripHeader(Socket socket) throws IOException {
        drip(socket, head("GET /api/v1/jobs", key) + "X-Slow: ");
    }

    private void dripBody(Socket socket) throws IOException {
        drip(
                socket,
                head("POST /api/v1/environments", key) + "Content-Type: text/plain\r\nContent-Length: 300000\r\n\r\n");
    }

    private void drip(Socket socket, String start) throws IOException {
        OutputStream out = socket.getOutputStream();
        send(out, start);
        while (!closed) {
            send(out, "x");
            pause();
        }
    }

    private void breakOff(Socket socket) throws IOException {
        send(
                socket.getOutputStream(),
                head("POST /api/v1/jobs", key)
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"args\":[1,2,");
    }

    private void guessKey(Socket socket) throws IOException {
        send(socket.getOutputStream(), head("GET /api/v1/jobs", "wrong") + "Connection: close\r\n\r\n");
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        closed = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException _) {
                // it is gone
            }
        }
        threads.close();
    }
}
