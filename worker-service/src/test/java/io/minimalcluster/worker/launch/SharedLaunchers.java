package io.minimalcluster.worker.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One launcher for all tests with the same settings, because opening one probes the machine. */
public final class SharedLaunchers {
    private static final Map<LaunchSettings, Launcher> LAUNCHERS = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LAUNCHERS.values().forEach(Launcher::close)));
    }

    private SharedLaunchers() {}

    /** Returns the launcher with these settings. Tests end its children, and do not close it. */
    public static Launcher with(LaunchSettings settings) {
        return LAUNCHERS.computeIfAbsent(settings, SharedLaunchers::open);
    }

    private static Launcher open(LaunchSettings settings) {
        try {
            return Launcher.open(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
