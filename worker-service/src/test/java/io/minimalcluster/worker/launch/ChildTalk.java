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

/** A {@link Child} that was started, and how to talk with it. */
record ChildTalk(Path jar, ForkedJvm jvm) implements AutoCloseable {
    static final long MEBIBYTE = 1024 * 1024;
    static final Duration SOON = Duration.ofSeconds(20);

    static ChildTalk start(Launcher launcher) throws Exception {
        return start(launcher, false);
    }

    static ChildTalk start(Launcher launcher, boolean network) throws Exception {
        return start(launcher, ChildJar.in(launcher.folder()), network);
    }

    static ChildTalk start(Launcher launcher, Path jar, boolean network) throws Exception {
        JvmLimits limits = new JvmLimits(64 * MEBIBYTE, 64 * MEBIBYTE, 16 * MEBIBYTE, 1024 * 1024);
        ForkedJvm jvm =
                launcher.launch(new LaunchRequest(jar, Child.class.getName(), List.of(), limits, true, network));
        ChildTalk talk = new ChildTalk(jar, jvm);
        try {
            assertThat(jvm.receive(SOON).orElseThrow().kind()).isEqualTo(FrameKind.READY);
        } catch (JvmEnded ended) {
            throw new AssertionError(talk.end().describe(), ended);
        }
        return talk;
    }

    void tell(String command) throws JvmEnded {
        jvm.send(new Frame(FrameKind.RUN, new byte[0], command.getBytes(UTF_8)));
    }

    String ask(String command) throws JvmEnded, InterruptedException {
        tell(command);
        return new String(jvm.receive(SOON).orElseThrow().body(), UTF_8);
    }

    /** Waits until it ended by itself. */
    Ending awaitEnd() throws InterruptedException {
        try {
            throw new AssertionError("it goes on: " + jvm.receive(SOON));
        } catch (JvmEnded ended) {
            return end();
        }
    }

    Ending end() {
        return jvm.end();
    }

    @Override
    public void close() throws IOException {
        jvm.end();
        Files.delete(jar);
    }
}
