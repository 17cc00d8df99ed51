package io.minimalcluster.client.cli;

import io.minimalcluster.client.FakeMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a folder with the source {@code Main.java}, for a fake master. */
abstract class ShellTest {
    @AutoClose
    final FakeMaster master = new FakeMaster();

    @TempDir
    Path folder = Path.of("");

    TestShell shell = new TestShell(Path.of(""), Map.of());

    @BeforeEach
    void prepare() throws IOException {
        shell = TestShell.at(master, folder);
        Files.writeString(folder.resolve("Main.java"), "long square(long x) { return x * x; }");
    }
}
