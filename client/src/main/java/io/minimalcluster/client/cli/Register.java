package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        description = "Give a method of an environment a name.",
        footer = "./minimalcluster register last pi")
final class Register implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    @Parameters(index = "0", paramLabel = "ENV", description = IdResolver.DESCRIPTION)
    private String environment = "";

    @Parameters(index = "1", paramLabel = "METHOD", description = "square, Pi.square or 'square(long)'.")
    private String method = "";

    @Option(names = "--name", description = "The method's by default.")
    private @Nullable String name;

    Register(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            RegisteredFunction registered =
                    client.register(new NewFunction(IdResolver.environment(client, environment), method, name));
            if (output.isJson()) {
                output.json(registered);
            } else {
                output.line(registered.name());
            }
        }
        return ExitCode.DONE;
    }
}
