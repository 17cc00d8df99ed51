package io.minimalcluster.master.environment;

import io.minimalcluster.master.problem.MasterException.BadFile;
import io.minimalcluster.master.problem.MasterException.CompilationFailed;
import io.minimalcluster.master.problem.MasterException.CompilationLimit;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.task.frame.Compile;
import io.minimalcluster.task.frame.Compiled;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.Rejected;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmEnded;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiles in a forked JVM, which is kept warm, and replaced when it ends or takes too long: javac can be made to hang,
 * or to fill the heap, by its input.
 */
@Component
class Compiler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Compiler.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final CompilerProcesses processes;
    private final JsonMapper json;
    private final ReentrantLock turn = new ReentrantLock(true); // guards warm: one compilation at a time
    private WarmCompiler warm;

    Compiler(CompilerProcesses processes, JsonMapper json) {
        this.processes = processes;
        this.json = json;
        this.warm = new WarmCompiler(processes);
    }

    /**
     * Compiles sources by file name.
     *
     * @throws CompilationFailed with all that javac finds
     * @throws CompilationLimit if the compiler passed its limit of time or memory
     * @throws BadFile if a file is refused
     */
    CompiledBundle compile(Map<String, String> sources) {
        Frame request = new Frame(FrameKind.COMPILE, json.writeValueAsBytes(new Compile(sources)), new byte[0]);
        try {
            if (!turn.tryLock(LIMIT.toSeconds() * 2, TimeUnit.SECONDS)) {
                throw new Unavailable("The compiler is busy.", RETRY_AFTER);
            }
            try {
                return read(ask(request));
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The master is going down.", RETRY_AFTER, e);
        } catch (IOException e) {
            throw new Unavailable("The compiler does not start.", RETRY_AFTER, e);
        }
    }

    private Frame ask(Frame request) throws IOException, InterruptedException {
        ForkedJvm jvm = warm.take(START_LIMIT);
        try {
            jvm.send(request);
            Frame answer = jvm.receive(LIMIT)
                    .orElseThrow(
                            () -> new CompilationLimit("The compiler took more than " + LIMIT.toSeconds() + " s."));
            warm.giveBack(jvm);
            return answer;
        } catch (JvmEnded e) {
            warm.replace(jvm);
            log.info("compiler ended: {}", e.getMessage());
            throw new CompilationLimit("The compiler ran out of memory, or could not go on.");
        } catch (CompilationLimit e) {
            warm.replace(jvm);
            throw e;
        }
    }

    private CompiledBundle read(Frame answer) {
        try {
            if (answer.kind() == FrameKind.COMPILED) {
                Compiled compiled = json.readValue(answer.header(), Compiled.class);
                return new CompiledBundle(compiled.functions(), compiled.warnings(), answer.body());
            }
            Rejected rejected = json.readValue(answer.header(), Rejected.class);
            if (rejected.badFile() != null) {
                throw new BadFile(rejected.badFile(), String.valueOf(rejected.reason()));
            }
            throw new CompilationFailed(rejected.diagnostics());
        } catch (JacksonException e) {
            throw new IllegalStateException("the compiler answered with something else", e);
        }
    }

    @Override
    public void close() {
        warm.close();
        processes.close();
    }
}
