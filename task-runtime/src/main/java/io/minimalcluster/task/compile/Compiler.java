package io.minimalcluster.task.compile;

import io.minimalcluster.task.frame.Compile;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.Rejected;
import io.minimalcluster.task.frame.Unnamed;
import io.minimalcluster.task.process.Exit;
import io.minimalcluster.task.process.Inbox;
import io.minimalcluster.task.process.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Answers COMPILE and NAME until the stream ends. */
public final class Compiler {
    private static final String SAMPLE = """
            record Sample(long a, java.util.List<String> b) {}
            /** A little of everything that a first compilation would have to load. */
            double sample(long x, Sample s) { return java.util.stream.LongStream.range(0, x).map(i -> i + s.a()).sum(); }
            """;

    private static final String ORDINARY = "public class Other { interface A { int f(int x); } A a = x -> x + 1; }";
    private static final String WRONG = "class Other { int f() { return nothing; } }";
    private static final int REHEARSALS = 4;

    private final JsonMapper json = new JsonMapper();
    private final Wire wire;
    private final Inbox inbox;
    private final Exit exit;
    private Javac javac = new Javac();

    public Compiler(InputStream in, OutputStream out, Exit exit) {
        wire = new Wire(out);
        inbox = new Inbox(in, exit);
        this.exit = exit;
    }

    /** Compiles samples, so that the first source is not the one that waits for javac to be loaded. */
    public void rehearse() {
        rehearseWhile(() -> true);
    }

    private void rehearseWhile(BooleanSupplier nobodyWaits) {
        for (int i = 0; i < REHEARSALS && nobodyWaits.getAsBoolean(); i++) {
            answer(new Compile(Map.of("Sample.java", SAMPLE, "Other.java", i % 2 == 0 ? ORDINARY : WRONG)));
        }
    }

    /** Says READY and serves; one sample is compiled before that, some more while nobody waits. */
    public void run() {
        inbox.open();
        answer(new Compile(Map.of("Sample.java", SAMPLE)));
        try {
            wire.send(Frame.of(FrameKind.READY));
            rehearseWhile(inbox::isEmpty);
            for (Optional<Frame> next = inbox.take(); next.isPresent(); next = inbox.take()) {
                wire.send(answer(next.get()));
            }
        } catch (IOException | RuntimeException e) {
            exit.because(e);
        }
    }

    private Frame answer(Frame frame) throws ProtocolException {
        return switch (frame.kind()) {
            case COMPILE -> answer(json.readValue(frame.header(), Compile.class));
            case NAME -> answer(json.readValue(frame.header(), Unnamed.class));
            case LOAD, RUN, READY, LOADED, FAILED, PART, DONE, COMPILED, REJECTED, NAMED ->
                throw new ProtocolException("a " + frame.kind() + " frame to a compiler");
        };
    }

    private Frame answer(Compile compile) {
        return switch (new Compilation(javac).of(compile)) {
            case Compilation.Result.Bundled done ->
                new Frame(FrameKind.COMPILED, json.writeValueAsBytes(done.compiled()), done.bundle());
            case Compilation.Result.Refused not -> answer(not.rejected());
            case Compilation.Result.Broken broken -> {
                javac = new Javac();
                yield answer(broken.rejected());
            }
        };
    }

    private Frame answer(Unnamed unnamed) {
        return new Frame(FrameKind.NAMED, json.writeValueAsBytes(SourceName.of(javac, unnamed.source())), new byte[0]);
    }

    private Frame answer(Rejected rejected) {
        return new Frame(FrameKind.REJECTED, json.writeValueAsBytes(rejected), new byte[0]);
    }
}
