package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.worker.launch.sandbox.JdkHome;
import io.minimalcluster.worker.launch.sandbox.ProcessTree;
import io.minimalcluster.worker.launch.sandbox.SandboxPaths;
import io.minimalcluster.worker.launch.sandbox.SandboxSlot;
import io.minimalcluster.worker.launch.sandbox.SandboxSlots;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Prepares and forks a child at any isolation level: slot, task state, command line and forking thread. */
final class ProcessFactory implements AutoCloseable {
    private final SandboxSlots sandboxSlots;
    private final @Nullable IntFunction<SandboxUser> users;
    private final JdkHome jdk;
    private final JavaCommand java;
    private final ForkThread thread = new ForkThread();

    /** @param users the user of each slot number; null if this process cannot change users */
    ProcessFactory(SandboxSlots sandboxSlots, @Nullable IntFunction<SandboxUser> users, JdkHome jdk) {
        this.sandboxSlots = sandboxSlots;
        this.users = users;
        this.jdk = jdk;
        this.java = new JavaCommand(jdk);
    }

    JdkHome jdk() {
        return jdk;
    }

    JavaCommand java() {
        return java;
    }

    SandboxSlot claim(IsolationMethod isolationMethod) throws IOException {
        return sandboxSlots.claim(isolationMethod.changesUser() ? users : null);
    }

    TaskStateView taskStateView(SandboxSlot sandboxSlot) throws IOException {
        TaskStateView taskState = TaskStateView.create(sandboxSlot.taskStateFile());
        SandboxSlot.allow(sandboxSlot.taskStateFile(), sandboxSlot.user().isPresent() ? "rw-rw----" : "rw-------");
        return taskState;
    }

    ProcessBuilder command(
            IsolationMethod isolationMethod,
            SandboxSlot sandboxSlot,
            LaunchRequest request,
            BiFunction<LaunchRequest, SandboxPaths, List<String>> java) {
        SandboxPaths paths = isolationMethod.paths(request.jar(), request.classCache(), sandboxSlot);
        ProcessBuilder command = new ProcessBuilder(
                        isolationMethod.wrap(java.apply(request, paths), sandboxSlot, request))
                .directory(sandboxSlot.tmp().toFile());
        command.environment().clear();
        command.environment().put("LANG", "C.UTF-8");
        command.environment().put(ProcessTree.TEMPORARY_FOLDER, paths.tmp());
        return command;
    }

    Process fork(ProcessBuilder command) throws IOException {
        return thread.fork(command);
    }

    @Override
    public void close() {
        thread.close();
    }
}
