package io.minimalcluster.benchmarks;

import io.minimalcluster.benchmarks.peer.DriverConnection;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.TemporaryFolder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The process of the driver of another system. It ends when its standard input does. */
final class DriverProcess implements AutoCloseable {
    private static final long END_SECONDS = 60;

    private final TemporaryFolder folder;
    private final Process process;
    private final DriverConnection connection;

    DriverProcess(Installation installation, PeerSystem system) throws IOException {
        folder = new TemporaryFolder("minimalcluster-bench-");
        try {
            process = start(installation, system, folder);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
        connection = new DriverConnection(process.inputReader(), process.outputWriter());
    }

    private static Process start(Installation installation, PeerSystem system, TemporaryFolder folder)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(system.command(installation, folder.path()))
                .directory(folder.path().toFile())
                .redirectError(system.log(installation).toFile());
        builder.environment().putAll(system.environment(folder.path()));
        return builder.start();
    }

    DriverConnection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit()
                .completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
        folder.close(); // the driver deletes it, unless it was killed
    }
}
