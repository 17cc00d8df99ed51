package io.minimalcluster.task.compile;

import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.NameRequest;
import io.minimalcluster.task.process.FrameReader;
import io.minimalcluster.task.process.FrameWriter;
import io.minimalcluster.task.process.ProcessExit;
import io.minimalcluster.task.process.ProcessorLoad;
import io.minimalcluster.task.process.WarmUpDelay;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** The main loop of the compiler process. It answers COMPILE and NAME frames until the stream ends. */
public final class CompilerLoop {
    private static final String SAMPLE = """
            record Sample(long a, java.util.List<String> b) {}
            /** A sample that uses the language features whose compiler classes a first compilation would load. */
            double sample(long x, Sample s) { return java.util.stream.LongStream.range(0, x).map(i -> i + s.a()).sum(); }
            """;

    private static final String ORDINARY = "public class Other { interface A { int f(int x); } A a = x -> x + 1; }";
    private static final String WRONG = "class Other { int f() { return nothing; } }";
    private static final int WARM_UP_COMPILATIONS = 4;

    /** The delay of the warm-up, so that it does not compete with the start of a cluster. */
    private static final Duration WARM_UP_DELAY = Duration.ofSeconds(1);

    private final JsonMapper json = new JsonMapper();
    private final FrameWriter writer;
    private final FrameReader reader;
    private final ProcessExit exit;
    private Javac javac = new Javac();

    public CompilerLoop(InputStream in, OutputStream out, ProcessExit exit) {
        writer = new FrameWriter(out);
        reader = new FrameReader(in, exit);
        this.exit = exit;
    }

    /** Compiles samples, so that the first source of a user does not wait for class loading. */
    public void warmUp() {
        warmUpWhile(() -> true);
    }

    private void warmUpWhile(BooleanSupplier isIdle) {
        for (int i = 0; i < WARM_UP_COMPILATIONS && isIdle.getAsBoolean(); i++) {
            answer(new CompileRequest(Map.of("Sample.java", SAMPLE, "Other.java", i % 2 == 0 ? ORDINARY : WRONG)));
        }
    }

    /** Sends READY, warms up if no frame comes for a while and a processor is idle, and then answers frames. */
    public void run() {
        reader.open();
        try {
            writer.send(Frame.of(FrameKind.READY));
            if (reader.isIdleFor(WARM_UP_DELAY) && new WarmUpDelay(reader, new ProcessorLoad()).awaitIdleProcessor()) {
                warmUpWhile(reader::isEmpty);
            }
            for (Optional<Frame> next = reader.take(); next.isPresent(); next = reader.take()) {
                writer.send(answer(next.get()));
            }
        } catch (IOException | RuntimeException e) {
            exit.fail(e);
        }
    }

    private Frame answer(Frame frame) throws ProtocolException {
        return switch (frame.kind()) {
            case COMPILE -> answer(json.readValue(frame.header(), CompileRequest.class));
            case NAME -> answer(json.readValue(frame.header(), NameRequest.class));
            case LOAD, RUN, READY, LOADED, FAILED, PART, DONE, COMPILED, REJECTED, NAMED ->
                throw new ProtocolException("a " + frame.kind() + " frame to a compiler");
        };
    }

    private Frame answer(CompileRequest compile) {
        return switch (new Compilation(javac).of(compile)) {
            case Compilation.Result.Bundled done ->
                new Frame(FrameKind.COMPILED, json.writeValueAsBytes(done.compiled()), done.bundle());
            case Compilation.Result.Refused refused -> answer(refused.rejected());
            case Compilation.Result.Broken broken -> {
                javac = new Javac();
                yield answer(broken.rejected());
            }
        };
    }

    private Frame answer(NameRequest unnamed) {
        return new Frame(
                FrameKind.NAMED, json.writeValueAsBytes(SourceNaming.of(javac, unnamed.source())), new byte[0]);
    }

    private Frame answer(CompileRejection rejected) {
        return new Frame(FrameKind.REJECTED, json.writeValueAsBytes(rejected), new byte[0]);
    }
}
