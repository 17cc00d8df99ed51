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
 * The main class of a forked JVM. Arguments: {@code executor <task state file>}, {@code compiler} or {@code training}.
 * A training run executes the warm-up of both kinds of process, from which the JVM makes a class cache
 * ({@code -XX:AOTCacheOutput=}).
 */
public final class TaskRuntime {
    private static final long STACK = 16L << 20;

    private TaskRuntime() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("executor")) {
            executor(FrameStreams.open(), TaskStateFile.open(Path.of(arguments[1])));
        } else if (arguments.length == 1 && arguments[0].equals("compiler")) {
            compiler(FrameStreams.open());
        } else if (arguments.length == 1 && arguments[0].equals("training")) {
            Training.run();
        } else {
            System.err.println("usage: task-runtime executor <task state file> | compiler | training");
            System.exit(2);
        }
    }

    private static void executor(FrameStreams streams, TaskStateFile taskState) {
        ProcessExit exit = new ProcessExit(Runtime.getRuntime()::halt);
        TaskOutput output = new TaskOutput();
        output.mirrorTo(taskState);
        output.install();
        CommonPoolThreads.install();
        SystemLoader.open();
        ExecutorLoop executor = new ExecutorLoop(streams, taskState, output, exit);
        ExitDeadline deadline = new ExitDeadline(exit);
        deadline.open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            deadline.begin();
            taskState.exiting();
            executor.flush();
        }));
        executor.run();
    }

    private static void compiler(FrameStreams streams) {
        System.setOut(System.err); // output of javac must not corrupt the frames
        CompilerLoop compiler =
                new CompilerLoop(streams.in(), streams.out(), new ProcessExit(Runtime.getRuntime()::halt));
        new Thread(null, compiler::run, "javac", STACK).start();
    }
}
