package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.IdResolver;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.function.NewFunction;
import io.minimalcluster.model.function.RegisteredFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        description = "Give a method of an environment a name.",
        footer = "./minimalcluster register last pi")
public final class RegisterCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;

    @Parameters(index = "0", paramLabel = "ENV", description = IdResolver.DESCRIPTION)
    private String environment = "";

    @Parameters(index = "1", paramLabel = "METHOD", description = "square, Pi.square or 'square(long)'.")
    private String method = "";

    @Option(names = "--name", description = "The method's by default.")
    private @Nullable String name;

    public RegisterCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            RegisteredFunction registered =
                    client.register(new NewFunction(IdResolver.environment(client, environment), method, name));
            output.result(registered, registered.name());
        }
    }
}
