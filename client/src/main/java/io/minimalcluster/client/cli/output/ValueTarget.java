package io.minimalcluster.client.cli.output;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ValueOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where values go: the file of {@code --output}, which is opened first, or standard output. */
public final class ValueTarget implements AutoCloseable {
    private final Output output;
    private final @Nullable Path name;
    private final @Nullable OutputFile file;

    private ValueTarget(Output output, @Nullable Path name, @Nullable OutputFile file) {
        this.output = output;
        this.name = name;
        this.file = file;
    }

    /**
     * Opens the file, so that a job does not run for values that can't be written.
     *
     * @throws java.nio.file.FileSystemException if the file can't be written
     */
    public static ValueTarget open(Output output, CliContext context, ValueOptions options) throws IOException {
        Path name = options.file();
        return new ValueTarget(
                output,
                name,
                name == null ? null : new OutputFile(context.folder().resolve(name)));
    }

    /** Prints values, and gives the file its name. */
    public void print(Client client, Printing printing) throws IOException {
        if (file == null) {
            printing.with(new ValuePrinter(client, output));
            return;
        }
        printing.with(new ValuePrinter(client, output, file.stream()));
        file.complete();
        output.note("wrote " + name);
    }

    /** Prints with a printer of a file or of standard output. */
    @FunctionalInterface
    public interface Printing {
        void with(ValuePrinter printer) throws IOException;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
