package io.minimalcluster.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileRequest;
import io.minimalcluster.task.frame.CompileResult;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service side of the frame protocol. */
public final class FrameConversation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LIMIT = 1 << 28;

    private final InputStream in;
    private final OutputStream out;

    public FrameConversation(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * The outcomes of a batch.
     *
     * @param values the JSON of each value, null for an error
     * @param isDone whether the executor sent DONE
     * @param isReusable whether the executor may run another batch
     */
    public record Outcomes(
            List<@Nullable String> values,
            Map<Integer, TaskError> errors,
            List<OutcomePart> parts,
            boolean isDone,
            boolean isReusable) {
        public @Nullable String value(int position) {
            return values.get(position);
        }

        public TaskError error(int position) {
            TaskError error = errors.get(position);
            if (error == null) {
                throw new AssertionError("expected an error, found the value " + values.get(position));
            }
            return error;
        }

        public String output(int position) {
            return parts.stream()
                    .flatMap(part -> part.output().stream())
                    .filter(output -> output.position() == position)
                    .map(OutcomePart.PositionOutput::text)
                    .findFirst()
                    .orElse("");
        }
    }

    public void send(FrameKind kind, @Nullable Object header, String body) throws IOException {
        byte[] head = header == null ? new byte[0] : JSON.writeValueAsBytes(header);
        new Frame(kind, head, body.getBytes(UTF_8)).writeTo(out);
    }

    public Frame receive() throws IOException {
        return Frame.readFrom(in, LIMIT);
    }

    public void awaitReady() throws IOException {
        Frame first = receive();
        if (first.kind() != FrameKind.READY) {
            throw new AssertionError("the first frame is " + first.kind());
        }
    }

    public void startCompile(Map<String, String> sources) throws IOException {
        send(FrameKind.COMPILE, new CompileRequest(sources), "");
    }

    public Object compile(Map<String, String> sources) throws IOException {
        startCompile(sources);
        Frame answer = receive();
        return answer.kind() == FrameKind.COMPILED
                ? JSON.readValue(answer.header(), CompileResult.class)
                : JSON.readValue(answer.header(), CompileRejection.class);
    }

    public Frame load(Path bundle, String method) throws IOException {
        return load(new LoadRequest(bundle.toString(), List.of(), method, 1 << 20, 100));
    }

    public Frame load(LoadRequest load) throws IOException {
        return load(load, "");
    }

    public Frame load(LoadRequest load, String shared) throws IOException {
        send(FrameKind.LOAD, load, shared);
        return receive();
    }

    public static TaskError failure(Frame failed) {
        if (failed.kind() != FrameKind.FAILED) {
            throw new AssertionError(failed.kind());
        }
        return JSON.readValue(failed.header(), TaskError.class);
    }

    public Outcomes range(int count, long from, long step) throws IOException {
        send(FrameKind.RUN, new BatchRequest(count, from, step), "");
        return outcomes();
    }

    public Outcomes run(String... arguments) throws IOException {
        startRun(arguments);
        return outcomes();
    }

    public void startRun(String... arguments) throws IOException {
        send(FrameKind.RUN, new BatchRequest(arguments.length, null, 0), "[" + String.join(",", arguments) + "]");
    }

    /** Receives parts until DONE, or until the process ends. */
    public Outcomes outcomes() throws IOException {
        Outcomes all = new Outcomes(new ArrayList<>(), new HashMap<>(), new ArrayList<>(), false, false);
        try {
            Frame frame = receive();
            while (frame.kind() != FrameKind.DONE) {
                add(frame, all);
                frame = receive();
            }
            return new Outcomes(all.values(), all.errors(), all.parts(), true, frame.body().length == 0);
        } catch (java.io.EOFException _) {
            return all;
        }
    }

    public Outcomes part() throws IOException {
        Outcomes all = new Outcomes(new ArrayList<>(), new HashMap<>(), new ArrayList<>(), false, false);
        add(receive(), all);
        return all;
    }

    private static void add(Frame frame, Outcomes all) {
        OutcomePart part = JSON.readValue(frame.header(), OutcomePart.class);
        JsonNode values = JSON.readTree(frame.body());
        if (values.size() != part.count() || (part.nanos().length != 1 && part.nanos().length != part.count())) {
            throw new AssertionError("an inconsistent part: " + part);
        }
        values.forEach(value -> all.values().add(value.isNull() ? null : value.toString()));
        part.errors().forEach(error -> all.errors().put(error.position(), error.error()));
        all.parts().add(part);
    }
}
