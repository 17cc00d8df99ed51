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

/** Starts JVMs behind the walls that were found to work here. Its children end with it, and with this process. */
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
     * Tries what works here by really starting a JVM, strongest first.
     *
     * @throws IsolationUnavailableException if nothing does that is strong enough
     * @throws IOException if the folder for the children's files can't be used
     */
    public static Launcher open(LaunchSettings settings) throws IOException {
        return open(settings, SystemTools.ofSystem(), SandboxSlots.open());
    }

    static Launcher open(LaunchSettings settings, SystemTools tools, SandboxSlots sandboxSlots) throws IOException {
        JdkHome jdk = JdkHome.find();
        ProcessFactory processFactory = new ProcessFactory(sandboxSlots, users(settings, tools), jdk);
        try {
            IsolationCandidates candidates = new IsolationCandidates(tools, jdk, isRoot(sandboxSlots.folder()));
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

    /** How well the children are walled off. */
    public Isolation isolation() {
        return isolationMethod.level();
    }

    /** A folder whose files children can read, if their modes let them; it belongs to this user, and stays. */
    public Path folder() {
        return sandboxSlots.folder();
    }

    /** Starts a JVM; its first frame says that it is ready. */
    public ForkedJvm launch(LaunchRequest request) throws IOException {
        SandboxSlot sandboxSlot = processFactory.claim(isolationMethod);
        try {
            TaskStateView taskState = request.marked() ? processFactory.marks(sandboxSlot) : null;
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
