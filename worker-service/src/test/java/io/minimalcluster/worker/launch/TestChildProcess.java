package io.minimalcluster.worker.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running {@link TestChild}, and the client of its commands. */
record TestChildProcess(Path jar, ForkedJvm jvm) implements AutoCloseable {
    static final long MEBIBYTE = 1024 * 1024;
    static final Duration SOON = Duration.ofSeconds(20);

    static TestChildProcess start(Launcher launcher) throws Exception {
        return start(launcher, false);
    }

    static TestChildProcess start(Launcher launcher, boolean network) throws Exception {
        return start(launcher, TestChildJar.in(launcher.folder()), network);
    }

    static TestChildProcess start(Launcher launcher, Path jar, boolean network) throws Exception {
        return start(launcher, jar, new JvmLimits(64 * MEBIBYTE, 64 * MEBIBYTE, 16 * MEBIBYTE, 1024 * 1024), network);
    }

    static TestChildProcess start(Launcher launcher, Path jar, JvmLimits limits, boolean network) throws Exception {
        ForkedJvm jvm = launcher.launch(new LaunchRequest(jar, List.of(), limits, true, network));
        TestChildProcess child = new TestChildProcess(jar, jvm);
        try {
            assertThat(jvm.receive(SOON).orElseThrow().kind()).isEqualTo(FrameKind.READY);
        } catch (JvmEndedException ended) {
            throw new AssertionError(child.end().describe(), ended);
        }
        return child;
    }

    void send(String command) throws JvmEndedException {
        jvm.send(new Frame(FrameKind.RUN, new byte[0], command.getBytes(UTF_8)));
    }

    String ask(String command) throws JvmEndedException, InterruptedException {
        send(command);
        return new String(jvm.receive(SOON).orElseThrow().body(), UTF_8);
    }

    /** Waits until the child ends by itself. */
    ExitReport awaitEnd() throws InterruptedException {
        try {
            throw new AssertionError("the child has not ended: " + jvm.receive(SOON));
        } catch (JvmEndedException ended) {
            return end();
        }
    }

    ExitReport end() {
        return jvm.end();
    }

    @Override
    public void close() throws IOException {
        jvm.end();
        Files.delete(jar);
    }
}
