package io.minimalcluster.client.cli.completion;

import io.minimalcluster.client.cli.completion.CompletedCommand.CompletedOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the completion script of bash. */
final class BashScript {
    private BashScript() {}

    static String of(List<CompletedCommand> commands) {
        return """
                # Completion for bash. Use: source <(./minimalcluster completion bash)
                _minimalcluster() {
                  local self=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
                  local command= word options= words= call= files= IFS=$' \\t\\n'
                  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case $word in
                      -*) ;;
                      *) command=$word; break ;;
                    esac
                  done
                  case $command:$previous in
                %s    *)
                      case $command in
                        '') words='%s' options='--help --version' ;;
                %s      esac
                      ;;
                  esac
                  case $current in
                    -*) words=$options call= files= ;;
                  esac
                  [ -z "$call" ] || words="$words $("$self" $call 2>/dev/null)"
                  COMPREPLY=($(compgen -W "$words" -- "$current"))
                  [ -z "$files" ] || COMPREPLY+=($(compgen -f -- "$current"))
                }
                complete -o filenames -F _minimalcluster minimalcluster
                """.formatted(
                        optionValues(commands),
                        commands.stream().map(CompletedCommand::name).collect(Collectors.joining(" ")),
                        commands.stream().map(BashScript::words).collect(Collectors.joining()));
    }

    private static String optionValues(List<CompletedCommand> commands) {
        return commands.stream()
                .flatMap(command -> command.options().stream()
                        .filter(option -> option.value().isPresent())
                        .map(option -> optionValue(command, option)))
                .collect(Collectors.joining());
    }

    private static String optionValue(CompletedCommand command, CompletedOption option) {
        return "    "
                + option.names().stream()
                        .map(name -> command.name() + ":" + name)
                        .collect(Collectors.joining("|")) + ") "
                + assignments(option.value().orElseThrow(), List.of()) + " ;;\n";
    }

    private static String words(CompletedCommand command) {
        CompletedWord argument = command.argument().orElse(CompletedWord.choice(List.of()));
        return "        " + command.name() + ") "
                + assignments(argument, command.optionNames().toList()) + " ;;\n";
    }

    private static String assignments(CompletedWord word, List<String> options) {
        List<String> parts = new ArrayList<>();
        if (!word.fixed().isEmpty()) {
            parts.add("words='" + String.join(" ", word.fixed()) + "'");
        }
        if (!options.isEmpty()) {
            parts.add("options='" + String.join(" ", options) + "'");
        }
        word.call().ifPresent(call -> parts.add("call='" + call + "'"));
        if (word.files()) {
            parts.add("files=yes");
        }
        return parts.isEmpty() ? ":" : String.join(" ", parts);
    }
}
