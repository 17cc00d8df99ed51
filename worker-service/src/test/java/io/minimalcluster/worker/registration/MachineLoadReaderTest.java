package io.minimalcluster.worker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.MachineLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLoadReaderTest {
    @TempDir
    Path proc;

    private void write(String cpu) throws IOException {
        Files.writeString(proc.resolve("stat"), cpu + "\ncpu0 1 1 1 1\n");
        Files.writeString(
                proc.resolve("meminfo"), "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    250 kB\n");
    }

    @Test
    void cpuIsTheShareSinceTheCallBefore() throws IOException {
        MachineLoadReader reader = new MachineLoadReader(proc);
        write("cpu  100 0 100 700 100 0 0 0 50 0");
        assertThat(reader.read()).contains(new MachineLoad(0.2, 750 * 1024, 1000 * 1024));

        write("cpu  150 0 125 720 105 0 0 0 90 0");

        assertThat(reader.read())
                .hasValueSatisfying(load -> assertThat(load.cpu()).isEqualTo(0.75));
    }

    @Test
    void unreadableFilesGiveNoLoad() throws IOException {
        assertThat(new MachineLoadReader(proc).read()).isEmpty();

        write("nonsense");

        assertThat(new MachineLoadReader(proc).read()).isEmpty();
    }
}
