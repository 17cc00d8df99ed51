package io.minimalcluster.task;

import io.minimalcluster.task.compile.CompilerLoop;
import io.minimalcluster.task.execute.ExecutorLoop;
import io.minimalcluster.task.execute.TaskOutput;
import io.minimalcluster.task.execute.Warmup;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ProcessExit;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The main class of a forked JVM. Arguments: {@code executor <task state file>}, {@code compiler} or {@code training}.
 * A training run executes the warm-up of both kinds of process, from which the JVM makes a class cache
 * ({@code -XX:AOTCacheOutput=}).
 */
public final class TaskRuntime {
    private static final int BUFFER = 1 << 16;
    private static final long STACK = 16L << 20;

    private TaskRuntime() {}

    public static void main(String[] arguments) throws IOException {
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER);
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        if (arguments.length == 2 && arguments[0].equals("executor")) {
            executor(in, out, TaskStateFile.open(Path.of(arguments[1])));
        } else if (arguments.length == 1 && arguments[0].equals("compiler")) {
            compiler(in, out);
        } else if (arguments.length == 1 && arguments[0].equals("training")) {
            training();
        } else {
            System.err.println("usage: task-runtime executor <task state file> | compiler | training");
            System.exit(2);
        }
    }

    private static void executor(InputStream in, OutputStream out, TaskStateFile taskState) {
        TaskOutput output = new TaskOutput();
        output.install();
        System.setIn(InputStream.nullInputStream());
        ExecutorLoop executor =
                new ExecutorLoop(in, out, taskState, output, new ProcessExit(Runtime.getRuntime()::halt));
        Runtime.getRuntime().addShutdownHook(new Thread(executor::flush));
        executor.run();
    }

    private static void training() {
        new Warmup().runWhile(() -> true);
        new CompilerLoop(InputStream.nullInputStream(), OutputStream.nullOutputStream(), new ProcessExit(_ -> {}))
                .warmUp();
    }

    private static void compiler(InputStream in, OutputStream out) {
        System.setOut(System.err); // output of javac must not corrupt the frames
        CompilerLoop compiler = new CompilerLoop(in, out, new ProcessExit(Runtime.getRuntime()::halt));
        new Thread(null, compiler::run, "javac", STACK).start();
    }
}
