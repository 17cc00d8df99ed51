package io.minimalcluster.client.cli.completion;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as a shell completes it.
 *
 * @param argument what its first argument is; empty for a command without arguments
 */
record CompletedCommand(
        String name, String description, List<CompletedOption> options, Optional<CompletedWord> argument) {
    /**
     * An option of a command.
     *
     * @param value what its value is; empty for a flag
     */
    record CompletedOption(List<String> names, String description, Optional<CompletedWord> value) {
        private static CompletedOption of(OptionSpec option) {
            return new CompletedOption(
                    List.of(option.names()),
                    line(option.description()),
                    option.arity().max() == 0 ? Optional.empty() : Optional.of(CompletedWord.of(option)));
        }
    }

    /** The subcommands, with the options that each of them accepts. */
    static List<CompletedCommand> subcommandsOf(CommandLine root) {
        List<String> names = List.copyOf(root.getSubcommands().keySet());
        return root.getSubcommands().entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue().getCommandSpec(), names))
                .toList();
    }

    private static CompletedCommand of(String name, CommandSpec spec, List<String> commands) {
        boolean isLaunched =
                spec.userObject() == null || !spec.usageMessage().sectionKeys().contains("optionList");
        Optional<CompletedWord> argument = spec.positionalParameters().stream()
                .findFirst()
                .map(first -> first.paramLabel().equals("COMMAND")
                        ? CompletedWord.choice(commands)
                        : CompletedWord.of(first));
        return new CompletedCommand(
                name,
                line(spec.usageMessage().description()),
                isLaunched
                        ? List.of()
                        : spec.options().stream().map(CompletedOption::of).toList(),
                argument);
    }

    /** The first sentence of a description. */
    private static String line(String @Nullable [] description) {
        String text = description == null || description.length == 0 ? "" : description[0];
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end))
                .replaceFirst("\\.$", "")
                .replace("%%", "%");
    }

    Stream<String> optionNames() {
        return options.stream().flatMap(option -> option.names().stream());
    }
}
