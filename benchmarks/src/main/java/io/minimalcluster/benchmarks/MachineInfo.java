package io.minimalcluster.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine on which the measurements were taken. */
record MachineInfo(int cores, double memoryGiB, String system, String jdk, String isolation, String store) {
    static MachineInfo of(String isolation, Path folder) throws IOException {
        var memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new MachineInfo(
                Runtime.getRuntime().availableProcessors(),
                Math.round(memory / (double) (1 << 30) * 10) / 10.0,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                isolation,
                "SQLite on " + Files.getFileStore(folder).type());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores, %.1f GiB, %s, JDK %s; isolation %s; %s",
                cores,
                memoryGiB,
                system,
                jdk,
                isolation,
                store);
    }
}
