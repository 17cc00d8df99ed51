package io.minimalcluster.client.cli.completion;

import io.minimalcluster.client.cli.completion.CompletedCommand.CompletedOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the completion script of fish. */
final class FishScript {
    private static final String COMPLETE = "complete -c minimalcluster";

    private FishScript() {}

    static String of(List<CompletedCommand> commands) {
        return """
                # Completion for fish. Use: ./minimalcluster completion fish | source
                complete -c minimalcluster -f
                """ + commands.stream().flatMap(FishScript::lines).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> lines(CompletedCommand command) {
        String within = COMPLETE + " -n '__fish_seen_subcommand_from " + command.name() + "'";
        Stream<String> itself = Stream.of(
                COMPLETE + " -n __fish_use_subcommand -a " + command.name() + " -d " + quoted(command.description()));
        Stream<String> argument =
                command.argument().stream().filter(word -> !word.isAny()).map(word -> within + candidates(word));
        Stream<String> options = command.options().stream().map(option -> within + option(option));
        return Stream.of(itself, argument, options).flatMap(lines -> lines);
    }

    private static String option(CompletedOption option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
                .collect(Collectors.joining());
        String value = option.value()
                .map(word -> word.files() ? " -r -F" : " -x" + candidates(word))
                .orElse("");
        return names + value + (option.description().isEmpty() ? "" : " -d " + quoted(option.description()));
    }

    private static String candidates(CompletedWord word) {
        if (word.files()) {
            return " -F";
        }
        String called = word.call()
                .map(call -> " (eval (commandline -po)[1] " + call + " 2>/dev/null)")
                .orElse("");
        String all = String.join(" ", word.fixed()) + called;
        return all.isBlank() ? "" : " -a " + quoted(all.strip());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
