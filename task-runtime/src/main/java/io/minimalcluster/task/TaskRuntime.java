package io.minimalcluster.task;

import io.minimalcluster.task.compile.CompilerLoop;
import io.minimalcluster.task.execute.CommonPoolThreads;
import io.minimalcluster.task.execute.ExecutorLoop;
import io.minimalcluster.task.execute.SystemLoader;
import io.minimalcluster.task.execute.TaskOutput;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ExitDeadline;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a forked JVM. Arguments: {@code executor <task state file>}, {@code compiler}, or {@code training
 * compiler <folder>} and then {@code training executor <folder>}. From a training run the JVM makes a class cache
 * ({@code -XX:AOTCacheOutput=}) for one kind of process.
 */
public final class TaskRuntime {
    private static final long STACK = 16L << 20;

    private TaskRuntime() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("executor")) {
            runExecutor(FrameStreams.open(), TaskStateFile.open(Path.of(arguments[1])));
        } else if (arguments.length == 1 && arguments[0].equals("compiler")) {
            compiler(FrameStreams.open(), exit()).start();
        } else if (arguments.length == 3 && arguments[0].equals("training")) {
            Training.run(arguments[1], Path.of(arguments[2]));
        } else {
            System.err.println(
                    "usage: task-runtime executor <task state file> | compiler | training (compiler|executor) <folder>");
            System.exit(2);
        }
    }

    private static void runExecutor(FrameStreams streams, TaskStateFile taskState) {
        ProcessExit exit = exit();
        ExecutorLoop executor = executor(streams, taskState, exit);
        ExitDeadline deadline = new ExitDeadline(exit);
        deadline.open();
        Runtime.getRuntime().addShutdownHook(exitHook(deadline, taskState, executor));
        executor.run();
    }

    static ProcessExit exit() {
        return new ProcessExit(Runtime.getRuntime()::halt);
    }

    /** Prepares this JVM for user code. */
    static ExecutorLoop executor(FrameStreams streams, TaskStateFile taskState, ProcessExit exit) {
        TaskOutput output = new TaskOutput();
        output.mirrorTo(taskState);
        output.install();
        CommonPoolThreads.install();
        SystemLoader.open();
        return new ExecutorLoop(streams, taskState, output, exit);
    }

    static Thread exitHook(ExitDeadline deadline, TaskStateFile taskState, ExecutorLoop executor) {
        return new Thread(() -> {
            deadline.begin();
            taskState.exiting();
            executor.flush();
        });
    }

    static Thread compiler(FrameStreams streams, ProcessExit exit) {
        System.setOut(System.err); // output of javac must not corrupt the frames
        CompilerLoop compiler = new CompilerLoop(streams.in(), streams.out(), exit);
        return new Thread(null, compiler::run, "javac", STACK);
    }
}
