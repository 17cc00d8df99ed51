package io.minimalcluster.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** Runs commands in the test JVM and captures their output. */
final class TestShell {
    private final Path folder;
    private final Map<String, String> environment;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean terminal;
    private Screen screen = Screen.NONE;
    private final FakeInterrupts interrupts = new FakeInterrupts();
    private InputStream in = InputStream.nullInputStream();

    TestShell(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static TestShell at(FakeMaster master, Path folder) {
        return new TestShell(
                folder,
                Map.of(
                        "MINIMALCLUSTER_URL",
                        master.url().toString(),
                        "MINIMALCLUSTER_AUTHKEY",
                        FakeMaster.KEY.secret()));
    }

    TestShell withTerminal() {
        terminal = true;
        return this;
    }

    /** A terminal of 80 columns at all three streams. */
    TestShell withScreen(boolean colour) {
        screen = new Screen(true, true, colour, 80, 24);
        return withTerminal();
    }

    TestShell withInput(String text) {
        in = new ByteArrayInputStream(text.getBytes(UTF_8));
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return CommandLineClient.run(context(), arguments);
    }

    CliContext context() {
        return new CliContext(
                in,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminal,
                screen,
                folder,
                environment,
                System::nanoTime,
                interrupts);
    }

    /** Simulates Ctrl-C. Returns whether a command handles it. */
    boolean interrupt() {
        return interrupts.interrupt();
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }
}
