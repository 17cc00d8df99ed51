package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.ResultOptions;
import io.minimalcluster.client.TaskResult;
import io.minimalcluster.client.cli.option.ValueOptions;
import io.minimalcluster.client.json.WireJson;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the values of a job as a stream, in constant memory. */
public final class ValuePrinter {
    private static final int BUFFER = 1 << 16;

    private final Client client;
    private final Output output;
    private final PrintStream out;

    public ValuePrinter(Client client, Output output) {
        this(client, output, output.out());
    }

    /** @param out where values go instead of standard output */
    public ValuePrinter(Client client, Output output, PrintStream out) {
        this.client = client;
        this.output = output;
        this.out = out;
    }

    /** Prints the values in a format, or with {@code --json} the JSON array as received. */
    public void print(JobId job, ValueOptions options) throws IOException {
        if (output.isJson() || options.format() == ValueOptions.Format.JSONL) {
            printValues(job);
            return;
        }
        ResultOptions query = new ResultOptions(null, null, null, null, options.withArguments());
        try (Stream<TaskResult> results = client.results(job, query)) {
            new ValueTable(out, options.format() == ValueOptions.Format.CSV, options.withArguments()).print(results);
        }
    }

    private void printValues(JobId job) throws IOException {
        try (InputStream values = client.values(job, Duration.ZERO)) {
            if (output.isJson()) {
                copyLine(values, out);
                out.println();
            } else {
                copyLines(values, out);
            }
        }
    }

    /** Prints a JSON object with the arguments as keys. */
    public void printMap(JobId job) throws IOException {
        try (InputStream values = client.valueMap(job, Duration.ZERO)) {
            copyLine(values, out);
            out.println();
        }
    }

    /** Prints values and reduced value as lines, or a JSON object of the job and its values. */
    public void printAfterRun(Job job, boolean withValues, ValueOptions options) throws IOException {
        if (!output.isJson()) {
            if (withValues) {
                print(job.id(), options);
            }
            if (job.reduced() != null) {
                out.println(job.reduced());
            }
            return;
        }
        if (!withValues) {
            out.println(JsonMapper.shared().writeValueAsString(Map.of("job", job)));
            return;
        }
        try (InputStream values = client.values(job.id(), Duration.ZERO)) {
            out.print("{\"job\":" + JsonMapper.shared().writeValueAsString(job) + ",\"values\":");
            copyLine(values, out);
            out.write("}\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Copies the elements of a JSON array to one line each while it reads them, and preserves all digits. */
    private static void copyLines(InputStream array, PrintStream out) {
        boolean any = false;
        try (JsonParser parser = WireJson.MAPPER.createParser(array);
                JsonGenerator lines = JsonMapper.shared()
                        .writer()
                        .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                        .withRootValueSeparator("\n")
                        .createGenerator(out)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                WireJson.copy(parser, lines);
                any = true;
            }
            if (any) {
                lines.writeRaw('\n');
            }
        }
    }

    /** Copies JSON without its final newline. */
    private static void copyLine(InputStream json, PrintStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean newline = false;
        for (int count = json.read(buffer); count >= 0; count = json.read(buffer)) {
            if (newline && count > 0) {
                out.write('\n');
            }
            if (count > 0) {
                newline = buffer[count - 1] == '\n';
                out.write(buffer, 0, newline ? count - 1 : count);
            }
        }
    }
}
