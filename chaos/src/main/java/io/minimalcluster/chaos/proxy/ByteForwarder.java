package io.minimalcluster.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;

/** Forwards the bytes of one direction of a connection under the active faults. */
final class ByteForwarder {
    private static final int CHUNK = 16 * 1024;
    private static final String INTERIM = "HTTP/1.1 100";

    private final ProxyConnection connection;
    private final Direction direction;
    private final ActiveFaults activeFaults;
    private final DroppedResponses losses;
    private final SplittableRandom random;
    private long knownChange;
    private long forwardedSinceChange;

    ByteForwarder(
            ProxyConnection connection,
            Direction direction,
            ActiveFaults activeFaults,
            DroppedResponses losses,
            SplittableRandom random) {
        this.connection = connection;
        this.direction = direction;
        this.activeFaults = activeFaults;
        this.losses = losses;
        this.random = random;
    }

    /** Forwards bytes until a side closes, or the connection is reset. */
    void run() throws IOException, InterruptedException {
        InputStream in = connection.from(direction).getInputStream();
        OutputStream out = connection.to(direction).getOutputStream();
        byte[] bytes = new byte[CHUNK];
        boolean burst = true;
        for (int length; (length = in.read(bytes, 0, chunk())) >= 0; ) {
            if (dropsResponse(bytes, length) || !forward(bytes, length, out, burst)) {
                return;
            }
            burst = in.available() == 0; // bytes that arrived meanwhile belong to the same burst
        }
        connection.to(direction).shutdownOutput();
    }

    /** The chunk size: a tenth of a second with limited bandwidth. */
    private int chunk() {
        int chunk = CHUNK;
        for (NetworkFault fault : activeFaults.now().faults()) {
            if (fault instanceof NetworkFault.Bandwidth(int bytesPerSecond)) {
                chunk = Math.min(chunk, bytesPerSecond / 10 + 1);
            }
        }
        return chunk;
    }

    /**
     * Registers the drop of a response when a matching request passes, and drops the response.
     *
     * @return whether the bytes were dropped
     */
    private boolean dropsResponse(byte[] bytes, int length) {
        return switch (direction) {
            case TO_TARGET -> {
                if (!losses.isEmpty() && connection.loss() == null) {
                    losses.take(firstLine(bytes, length)).ifPresent(connection::setLoss);
                }
                yield false;
            }
            case FROM_TARGET -> {
                DroppedResponses.Loss loss = connection.loss();
                boolean isDropped = loss != null && !firstLine(bytes, length).startsWith(INTERIM);
                if (loss != null && isDropped) {
                    connection.reset();
                    loss.done().complete(null);
                }
                yield isDropped;
            }
        };
    }

    private static String firstLine(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * Forwards bytes.
     *
     * @return whether the connection is still open
     */
    private boolean forward(byte[] bytes, int length, OutputStream out, boolean burst)
            throws IOException, InterruptedException {
        ActiveFaults.Snapshot now = activeFaults.now();
        while (now.has(new NetworkFault.Partition(direction))) {
            activeFaults.awaitChange(now);
            now = activeFaults.now();
        }
        if (now.has(new NetworkFault.BlackHole())) {
            connection.recordDiscardedBytes();
            return true;
        }
        delay(now, length, burst);
        int allowed = allowed(now, length);
        write(bytes, allowed, out, now);
        forwardedSinceChange += allowed;
        if (allowed < length) {
            connection.reset();
            return false;
        }
        return true;
    }

    private void delay(ActiveFaults.Snapshot now, int length, boolean burst) throws InterruptedException {
        for (NetworkFault fault : now.faults()) {
            switch (fault) {
                case NetworkFault.Latency latency ->
                    activeFaults.pause(burst ? latency.next(random) : Duration.ZERO, now);
                case NetworkFault.Bandwidth(int bytesPerSecond) ->
                    activeFaults.pause(Duration.ofNanos(length * 1_000_000_000L / bytesPerSecond), now);
                case NetworkFault.BlackHole _, NetworkFault.Partition _ -> {}
                case NetworkFault.Reset _, NetworkFault.Slicer _ -> {}
            }
        }
    }

    /** The number of bytes that pass before the connection is reset. */
    private int allowed(ActiveFaults.Snapshot now, int length) {
        if (now.change() != knownChange) {
            knownChange = now.change();
            forwardedSinceChange = 0;
        }
        int allowed = length;
        for (NetworkFault fault : now.faults()) {
            if (fault instanceof NetworkFault.Reset(Direction counted, long afterBytes) && counted == direction) {
                allowed = (int) Math.clamp(afterBytes - forwardedSinceChange, 0L, allowed);
            }
        }
        return allowed;
    }

    private void write(byte[] bytes, int length, OutputStream out, ActiveFaults.Snapshot now)
            throws IOException, InterruptedException {
        for (NetworkFault fault : now.faults()) {
            if (fault instanceof NetworkFault.Slicer(int slice, Duration pause)) {
                for (int from = 0; from < length; from += slice) {
                    out.write(bytes, from, Math.min(slice, length - from));
                    activeFaults.pause(pause, now);
                }
                return;
            }
        }
        out.write(bytes, 0, length);
    }
}
