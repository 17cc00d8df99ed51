package io.minimalcluster.client.cli.completion;

import io.minimalcluster.client.cli.completion.CompletedCommand.CompletedOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the completion script of zsh. */
final class ZshScript {
    private ZshScript() {}

    static String of(List<CompletedCommand> commands) {
        return """
                #compdef minimalcluster
                # Completion for zsh. Use: source <(./minimalcluster completion zsh)
                _minimalcluster_ids() {
                  local -a ids=(last ${(f)"$($mc_self $@ 2>/dev/null)"})
                  _describe id ids
                }
                _minimalcluster() {
                  local mc_self=$words[1]
                  if (( CURRENT == 2 )); then
                    local -a commands=(
                %s    )
                    _describe command commands
                    return
                  fi
                  shift words
                  (( CURRENT-- ))
                  case $words[1] in
                %s  esac
                }
                if [ "$funcstack[1]" = _minimalcluster ]; then
                  _minimalcluster "$@"
                else
                  compdef _minimalcluster minimalcluster
                fi
                """.formatted(
                        commands.stream()
                                .map(command -> "      " + quoted(command.name() + ":" + command.description()) + "\n")
                                .collect(Collectors.joining()),
                        commands.stream().map(ZshScript::arguments).collect(Collectors.joining()));
    }

    private static String arguments(CompletedCommand command) {
        Stream<String> options = command.options().stream()
                .flatMap(option -> option.names().stream().map(name -> option(name, option)));
        Stream<String> argument = command.argument().stream().map(word -> quoted("*: :" + action(word)));
        String specs = Stream.concat(options, argument).collect(Collectors.joining(" \\\n      "));
        return specs.isEmpty() ? "" : "    " + command.name() + ")\n      _arguments " + specs + "\n      ;;\n";
    }

    private static String option(String name, CompletedOption option) {
        String description = "[" + option.description().replaceAll("([\\[\\]:\\\\])", "\\\\$1") + "]";
        return quoted(name
                + description
                + option.value().map(word -> ": :" + action(word)).orElse(""));
    }

    private static String action(CompletedWord word) {
        if (word.call().isPresent()) {
            return "_minimalcluster_ids " + word.call().get();
        }
        if (!word.fixed().isEmpty()) {
            return "(" + String.join(" ", word.fixed()) + ")";
        }
        return word.files() ? "_files" : "";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
