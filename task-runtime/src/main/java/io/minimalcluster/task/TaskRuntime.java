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
    /** The first argument of a compiler. */
    public static final String COMPILER = "compiler";

    /** The first argument of an executor. */
    public static final String EXECUTOR = "executor";

    private static final String TRAINING = "training";

    private static final long STACK = 16L << 20;

    private TaskRuntime() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals(EXECUTOR)) {
            runExecutor(FrameStreams.open(), TaskStateFile.open(Path.of(arguments[1])));
        } else if (arguments.length == 1 && arguments[0].equals(COMPILER)) {
            newCompiler(FrameStreams.open(), newExit()).start();
        } else if (arguments.length == 3 && arguments[0].equals(TRAINING) && arguments[1].equals(COMPILER)) {
            Training.compile(Path.of(arguments[2]));
        } else if (arguments.length == 3 && arguments[0].equals(TRAINING) && arguments[1].equals(EXECUTOR)) {
            Training.execute(Path.of(arguments[2]));
        } else {
            System.err.println(
                    "usage: task-runtime executor <task state file> | compiler | training (compiler|executor) <folder>");
            System.exit(2);
        }
    }

    private static void runExecutor(FrameStreams streams, TaskStateFile taskState) {
        ProcessExit exit = newExit();
        ExecutorLoop executor = newExecutor(streams, taskState, exit);
        ExitDeadline deadline = new ExitDeadline(exit);
        deadline.open();
        Runtime.getRuntime().addShutdownHook(newExitHook(deadline, taskState, executor));
        executor.run();
    }

    /** The exit of a real process. */
    static ProcessExit newExit() {
        return new ProcessExit(Runtime.getRuntime()::halt);
    }

    /** Prepares this JVM for user code, and returns the loop of its executor. */
    static ExecutorLoop newExecutor(FrameStreams streams, TaskStateFile taskState, ProcessExit exit) {
        TaskOutput output = new TaskOutput();
        output.mirrorTo(taskState);
        output.install();
        CommonPoolThreads.install();
        SystemLoader.open();
        return new ExecutorLoop(streams, taskState, output, exit);
    }

    /** The shutdown hook of a real executor. */
    static Thread newExitHook(ExitDeadline deadline, TaskStateFile taskState, ExecutorLoop executor) {
        return new Thread(() -> {
            deadline.begin();
            taskState.exiting();
            executor.flush();
        });
    }

    /**
     * Redirects standard output, so that output of javac does not corrupt the frames, and returns a thread to start.
     */
    static Thread newCompiler(FrameStreams streams, ProcessExit exit) {
        System.setOut(System.err);
        CompilerLoop compiler = new CompilerLoop(streams.in(), streams.out(), exit);
        return new Thread(null, compiler::run, "javac", STACK);
    }
}
