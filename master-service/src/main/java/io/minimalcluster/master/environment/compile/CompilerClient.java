package io.minimalcluster.master.environment.compile;

import io.minimalcluster.master.environment.upload.PostedContent;
import io.minimalcluster.master.environment.upload.UploadedFile;
import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.CompilationFailed;
import io.minimalcluster.master.error.MasterException.CompilationLimit;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.security.CurrentCaller;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.model.support.Sha256;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import io.minimalcluster.task.frame.CompileResult;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.NameRequest;
import io.minimalcluster.task.frame.NameResult;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmEndedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiles in forked JVMs, because sources can make javac hang or run out of memory. A JVM is replaced after a crash or
 * a timeout. The first one is kept warm. Others start on demand and end when they are idle, so that the compilations of
 * one owner do not delay those of another.
 */
@Component
public class CompilerClient implements MaintenanceTask, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CompilerClient.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int CACHED_NAMES = 1_000;

    private final CompilerLauncher processes;
    private final JsonMapper json;
    private final CompilerTurns turns;
    private final List<WarmCompiler> compilers;
    private final Map<String, String> names = LruCache.of(CACHED_NAMES); // by digest of the source

    CompilerClient(CompilerLauncher processes, CompilerSettings settings, JsonMapper json) {
        this.processes = processes;
        this.json = json;
        this.turns = new CompilerTurns(settings, System::nanoTime);
        this.compilers = IntStream.range(0, settings.processes())
                .mapToObj(number -> new WarmCompiler(processes, number == 0))
                .toList();
    }

    /**
     * Compiles the content for the current caller.
     *
     * @throws CompilationFailed with all errors of javac
     * @throws CompilationLimit if the compiler exceeded its time or memory limit
     * @throws BadFile if a file is invalid
     */
    public CompiledBundle compile(PostedContent content) {
        return read(run(jvm -> compile(jvm, content)));
    }

    /** File name for an unnamed source. */
    public String nameOf(String source) {
        String digest = Sha256.hex(source);
        String cached = names.get(digest);
        if (cached != null) {
            return cached;
        }
        Frame answer = run(jvm -> exchange(jvm, FrameKind.NAME, new NameRequest(source)));
        String name = json.readValue(answer.header(), NameResult.class).name();
        names.put(digest, name);
        return name;
    }

    private interface CompilerCall {
        Frame run(ForkedJvm jvm) throws IOException, JvmEndedException, InterruptedException;
    }

    private Frame run(CompilerCall call) {
        try (CompilerTurns.Turn turn = turns.take(CurrentCaller.get().owner(), LIMIT.multipliedBy(2))) {
            return run(call, turn, compilers.get(turn.compiler()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The master is shutting down.", RETRY_AFTER, e);
        } catch (IOException e) {
            throw new Unavailable("The compiler can't be started.", RETRY_AFTER, e);
        }
    }

    private static Frame run(CompilerCall call, CompilerTurns.Turn turn, WarmCompiler warm)
            throws IOException, InterruptedException {
        ForkedJvm jvm = warm.take(START_LIMIT);
        turn.begin();
        try {
            Frame answer = call.run(jvm);
            warm.release(jvm);
            return answer;
        } catch (JvmEndedException e) {
            warm.replace(jvm);
            log.info("event=compiler.ended reason=\"{}\"", e.getMessage());
            throw new CompilationLimit("The compiler ran out of memory or crashed.");
        } catch (CompilationLimit | IOException | InterruptedException e) {
            warm.replace(jvm);
            throw e;
        }
    }

    private Frame compile(ForkedJvm jvm, PostedContent content)
            throws IOException, JvmEndedException, InterruptedException {
        List<CompileRequest.Library> jars = new ArrayList<>();
        for (UploadedFile jar : content.jars()) {
            String given = jvm.give(jar.file(), "library-" + jars.size() + ".jar");
            jars.add(new CompileRequest.Library(jar.name(), given));
        }
        List<String> resources =
                content.resources().stream().map(UploadedFile::name).toList();
        int mains = content.main() == null ? 0 : 1;
        CompileRequest request = new CompileRequest(
                mains == 0 ? null : jars.getFirst(), content.sources(), jars.subList(mains, jars.size()), resources);
        Frame answer = exchange(jvm, FrameKind.COMPILE, request);
        for (int at = 0; at < jars.size(); at++) {
            jvm.takeBack("library-" + at + ".jar");
        }
        return answer;
    }

    private Frame exchange(ForkedJvm jvm, FrameKind kind, Object header)
            throws JvmEndedException, InterruptedException {
        jvm.send(new Frame(kind, json.writeValueAsBytes(header), new byte[0]));
        return jvm.receive(LIMIT)
                .orElseThrow(() -> new CompilationLimit("The compiler took more than " + LIMIT.toSeconds() + " s."));
    }

    private CompiledBundle read(Frame answer) {
        try {
            if (answer.kind() == FrameKind.COMPILED) {
                CompileResult compiled = json.readValue(answer.header(), CompileResult.class);
                return new CompiledBundle(compiled.functions(), compiled.warnings(), answer.body());
            }
            CompileRejection rejected = json.readValue(answer.header(), CompileRejection.class);
            if (rejected.badFile() != null) {
                throw new BadFile(rejected.badFile(), String.valueOf(rejected.reason()));
            }
            if (rejected.reason() != null) {
                throw new CompilationLimit(rejected.reason());
            }
            throw new CompilationFailed(rejected.diagnostics());
        } catch (JacksonException e) {
            throw new IllegalStateException("unexpected response of the compiler", e);
        }
    }

    @Override
    public Duration interval() {
        return IDLE.dividedBy(4);
    }

    /** Ends compilers that are not needed any more. */
    @Override
    public void tick() {
        compilers.forEach(compiler -> compiler.endIfIdle(IDLE));
    }

    @Override
    public void close() {
        compilers.forEach(WarmCompiler::close);
        processes.close();
    }
}
