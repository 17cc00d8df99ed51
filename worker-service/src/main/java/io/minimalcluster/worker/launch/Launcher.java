package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.worker.launch.sandbox.FileTree;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.SandboxSlots;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import io.minimalcluster.worker.launch.sandbox.SystemTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts JVMs at the isolation level that works here. Children end with the launcher and with this process. */
public final class Launcher implements AutoCloseable {
    private static final int ROOT = 0;

    private final SandboxSlots sandboxSlots;
    private final ProcessFactory processFactory;
    private final IsolationMethod isolationMethod;
    private final Set<ForkedJvm> alive = ConcurrentHashMap.newKeySet();

    private Launcher(SandboxSlots sandboxSlots, ProcessFactory processFactory, IsolationMethod isolationMethod) {
        this.sandboxSlots = sandboxSlots;
        this.processFactory = processFactory;
        this.isolationMethod = isolationMethod;
    }

    /**
     * Opens a launcher at the strongest level that works, which is tested by starting a JVM.
     *
     * @throws IsolationUnavailableException if no level at or above the minimum works
     * @throws IOException if the folder for the children's files is not usable
     */
    public static Launcher open(LaunchSettings settings) throws IOException {
        return open(settings, SystemTools.ofSystem(), SandboxSlots.open());
    }

    static Launcher open(LaunchSettings settings, SystemTools tools, SandboxSlots sandboxSlots) throws IOException {
        JdkHome jdk = JdkHome.find();
        ProcessFactory processFactory = new ProcessFactory(sandboxSlots, users(settings, tools), jdk);
        try {
            boolean root = isRoot(sandboxSlots.folder());
            sandboxSlots.sweepAbandoned(root ? users(settings, tools) : null); // only root can act as another user
            IsolationCandidates candidates = new IsolationCandidates(tools, jdk, root);
            return new Launcher(
                    sandboxSlots, processFactory, new IsolationProbe(candidates, processFactory, settings).strongest());
        } catch (IOException | RuntimeException unusable) {
            processFactory.close();
            throw unusable;
        }
    }

    private static @Nullable IntFunction<SandboxUser> users(LaunchSettings settings, SystemTools tools) {
        return tools.find("setpriv")
                .<IntFunction<SandboxUser>>map(
                        program -> number -> new SandboxUser(program, settings.firstUserId() + number))
                .orElse(null);
    }

    private static boolean isRoot(Path own) throws IOException {
        return FileTree.isPosix(own) && Files.getAttribute(own, "unix:uid").equals(ROOT);
    }

    /** The isolation level of the children. */
    public Isolation isolation() {
        return isolationMethod.level();
    }

    /** The shared folder of this user. Children can read files in it if the file modes permit. It is never deleted. */
    public Path folder() {
        return sandboxSlots.folder();
    }

    /** Starts a JVM. Its first frame reports that it is ready. */
    public ForkedJvm launch(LaunchRequest request) throws IOException {
        SandboxSlot sandboxSlot = processFactory.claim(isolationMethod);
        try {
            TaskStateView taskState = request.hasTaskState() ? processFactory.taskStateView(sandboxSlot) : null;
            Process process = processFactory.fork(
                    processFactory.command(isolationMethod, sandboxSlot, request, processFactory.java()::run));
            ForkedJvm jvm = new ForkedJvm(
                    process, new SandboxFiles(sandboxSlot, isolationMethod, taskState), request, alive::remove);
            alive.add(jvm);
            return jvm;
        } catch (IOException | RuntimeException failed) {
            sandboxSlot.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        alive.forEach(ForkedJvm::kill);
        alive.forEach(ForkedJvm::end);
        processFactory.close();
    }
}
