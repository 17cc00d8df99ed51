package io.minimalcluster.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerDriverTest {
    private final List<LocalPeer> started = new ArrayList<>();
    private final PipedOutputStream requests = new PipedOutputStream();
    private final PipedOutputStream answers = new PipedOutputStream();

    private Thread driver = Thread.currentThread();
    private DriverConnection connection = connection(requests, new PipedInputStream());

    @BeforeEach
    void serve() throws IOException {
        BufferedReader read = reader(new PipedInputStream(requests));
        connection = connection(requests, new PipedInputStream(answers));
        driver = Thread.ofVirtual().start(() -> {
            try {
                new PeerDriver(() -> {
                            started.add(new LocalPeer());
                            return started.getLast();
                        })
                        .serve(read, new PrintStream(answers, true, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterEach
    void end() throws Exception {
        requests.close();
        driver.join();
    }

    @Test
    void samplesHaveTheTotalOfAllValues() throws IOException {
        assertThat(connection.run(PeerTask.SAME, 100, 2, 3))
                .hasSize(3)
                .allMatch(sample -> sample.total() == 4_950 && sample.seconds() > 0);
        assertThat(connection.run(PeerTask.LENGTH, 2, 0, 1))
                .extracting(Sample::total)
                .containsExactly(200_000L);
        assertThat(connection.run(PeerTask.FACTORS, 1, 0, 1))
                .extracting(Sample::total)
                .containsExactly(9L);
        assertThat(connection.run(PeerTask.POINTS, PeerTask.CHUNKS, 0, 1))
                .extracting(Sample::total)
                .containsExactly(786_170L);
        assertThat(started).hasSize(1);
        assertThat(started.getFirst().runs).hasValue(8);
    }

    @Test
    void coldStartsAreOfClustersOfTheirOwn() throws IOException {
        connection.run(PeerTask.SAME, 1, 0, 1);

        assertThat(connection.start(3)).hasSize(3);
        assertThat(started).hasSize(4).allMatch(peer -> peer.closed);
    }

    @Test
    void failureOfTheSystemIsThatOfTheRequest() throws IOException {
        connection.run(PeerTask.SAME, 1, 0, 1);
        started.getFirst().broken = true;

        assertThatIOException()
                .isThrownBy(() -> connection.run(PeerTask.SAME, 1, 0, 1))
                .withMessage("java.lang.IllegalStateException: broken");
        started.getFirst().broken = false;
        assertThat(connection.run(PeerTask.SAME, 1, 0, 1)).hasSize(1);
    }

    @Test
    void endOfRequestsClosesTheCluster() throws Exception {
        connection.run(PeerTask.SAME, 1, 0, 1);

        requests.close();
        driver.join();

        assertThat(started).singleElement().matches(peer -> peer.closed);
    }

    @Test
    void endOfTheDriverIsAFailure() {
        DriverConnection ended = new DriverConnection(reader(InputStream.nullInputStream()), Writer.nullWriter());

        assertThatIOException().isThrownBy(() -> ended.start(1)).withMessage("the driver ended during: start 1");
    }

    private static DriverConnection connection(PipedOutputStream requests, PipedInputStream answers) {
        return new DriverConnection(reader(answers), new OutputStreamWriter(requests, StandardCharsets.UTF_8));
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Runs tasks in the thread of the caller. */
    private static final class LocalPeer implements Peer {
        private volatile boolean broken;
        private volatile boolean closed;
        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public List<Object> values(PeerTask task, List<? extends Serializable> arguments) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            runs.incrementAndGet();
            return arguments.stream().map(argument -> task.run(argument)).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
