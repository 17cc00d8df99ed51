package io.minimalcluster.task.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.bind.BoundFunction;
import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.process.FrameWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The warm-up of an executor: runs sample functions, so that classes are loaded before the first task of a user. The
 * bundle is the jar of this program in a second class loader.
 */
public final class Warmup {
    private static final String OWNER = WarmupSample.class.getName();
    private static final int LIMIT = 1000;

    private static final List<Step> STEPS = List.of(
            new Step("number(long)", "[1,\"no\"]"),
            new Step("text(String)", "[\"a\\n\",\"\"]"),
            new Step("fraction(double,int)", "[[1.5,2],{\"y\":1,\"x\":2}]"),
            new Step("set(java.util.Set)", "[[1],[\"\"]]"),
            new Step("records(java.util.List)", "[[{\"name\":\"a\",\"value\":1.5,\"time\":\"PT1S\"}],[{\"nam\":1}]]"));

    private final ResultFrames outcomes = new ResultFrames(new FrameWriter(OutputStream.nullOutputStream()), LIMIT);

    /** Runs steps while {@code isIdle} is true. Failures are ignored. */
    public void runWhile(BooleanSupplier isIdle) {
        try (LoadedBundle code = LoadedBundle.open(ownJar(), List.of())) {
            outcomes.start();
            for (Step step : STEPS) {
                if (isIdle.getAsBoolean()) {
                    run(code, step);
                }
            }
            outcomes.send();
        } catch (IOException | URISyntaxException | ReflectiveOperationException | RuntimeException _) {
            return; // only makes the first task slower
        }
    }

    private record Step(String function, String arguments) {}

    /** A class from a class cache may have a code source without a location. */
    private static Path ownJar() throws URISyntaxException {
        CodeSource source = Warmup.class.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? Path.of(System.getProperty("java.class.path"))
                : Path.of(source.getLocation().toURI());
    }

    private void run(LoadedBundle code, Step step) throws IOException, ReflectiveOperationException {
        FrameHeaders.readLoad("{\"bundle\":\"b\",\"method\":\"m\",\"maxResultBytes\":1}".getBytes(UTF_8));
        FrameHeaders.readRun("{\"count\":1,\"from\":null,\"step\":0}".getBytes(UTF_8));
        String signature = OWNER + "." + step.function();
        FunctionList.ownerOf(
                signature, new ByteArrayInputStream("[{\"owner\":\"o\",\"signature\":\"s\"}]".getBytes(UTF_8)));
        Target target = code.find(OWNER, signature).orElseThrow();
        LoadedFunction function = new LoadedFunction(code, target, ExecutionMode.PLAIN);
        JsonElements elements = new JsonElements(step.arguments().getBytes(UTF_8));
        JsonElement element = new JsonElement();
        while (elements.next(element)) {
            outcomes.values().begin();
            try {
                BoundFunction boundFunction = function.call();
                boundFunction.onElement().invokeExact(outcomes.values(), element);
                boundFunction.onRange().invokeExact(outcomes.values(), 1L);
            } catch (Throwable e) {
                outcomes.failed(TaskErrors.of(e), TaskErrors.supertypes(e));
            }
            outcomes.finished();
        }
    }
}
