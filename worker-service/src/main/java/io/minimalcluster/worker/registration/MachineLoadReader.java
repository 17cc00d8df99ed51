package io.minimalcluster.worker.registration;

import io.minimalcluster.model.worker.MachineLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the load of this machine from {@code /proc}. Empty on systems without it. */
final class MachineLoadReader {
    private static final int IDLE = 4; // field of the line of all CPUs: cpu user nice system idle iowait …
    private static final int STEAL = 8; // the last field that is not a part of another one

    private final Path proc;
    private long total;
    private long idle;

    MachineLoadReader() {
        this(Path.of("/proc"));
    }

    MachineLoadReader(Path proc) {
        this.proc = proc;
    }

    /** The load since the call before; since the start of the machine at first. */
    Optional<MachineLoad> read() {
        try {
            double cpu = cpu();
            String memory = Files.readString(proc.resolve("meminfo"));
            long all = kilobytes(memory, "MemTotal:") * 1024;
            return Optional.of(new MachineLoad(cpu, all - kilobytes(memory, "MemAvailable:") * 1024, all));
        } catch (IOException | RuntimeException _) {
            return Optional.empty(); // no such file, or in another form
        }
    }

    private double cpu() throws IOException {
        String[] fields =
                Files.readString(proc.resolve("stat")).split("\n", 2)[0].split(" +", -1);
        long totalBefore = total;
        long idleBefore = idle;
        total = 0;
        for (int i = 1; i <= Math.min(STEAL, fields.length - 1); i++) {
            total += Long.parseLong(fields[i]);
        }
        idle = Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IDLE + 1]);
        long passed = total - totalBefore;
        return passed <= 0 ? 0 : Math.clamp((passed - (idle - idleBefore)) / (double) passed, 0, 1);
    }

    private static long kilobytes(String memory, String name) {
        int start = memory.indexOf(name) + name.length();
        return Long.parseLong(
                memory.substring(start, memory.indexOf(" kB", start)).strip());
    }
}
