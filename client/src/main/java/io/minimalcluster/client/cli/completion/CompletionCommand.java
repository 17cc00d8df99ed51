package io.minimalcluster.client.cli.completion;

import io.minimalcluster.client.cli.output.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print a script that completes commands, options, files and ids in a shell.",
            "With bash: source <(./minimalcluster completion bash)",
            "With zsh:  source <(./minimalcluster completion zsh)",
            "With fish: ./minimalcluster completion fish | source"
        },
        footer = "./minimalcluster completion bash")
public final class CompletionCommand implements Runnable {
    /** A shell. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Output output;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    public CompletionCommand(Output output) {
        this.output = output;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command line");
        }
        List<CompletedCommand> commands =
                CompletedCommand.subcommandsOf(spec.parent().commandLine());
        output.text(
                switch (shell) {
                    case BASH -> BashScript.of(commands);
                    case ZSH -> ZshScript.of(commands);
                    case FISH -> FishScript.of(commands);
                });
    }
}
