package io.minimalcluster.client.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains wrong arguments: which one, what it must be, and what was given. */
final class UsageError {
    private static final Pattern NO_NUMBER = Pattern.compile("(?s)Invalid value for .*?: '(.*)' is not an? (int|long)");
    private static final Pattern NO_CONSTANT = Pattern.compile(
            "(?s)Invalid value for .*?: expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");
    private static final Pattern NO_PAIR =
            Pattern.compile("(?s)Value for .* should be in KEY=VALUE format but was (.*)");
    private static final Pattern NOT_CONVERTED = Pattern.compile("(?s)Invalid value for .*?: ('.*)");
    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]+");

    private UsageError() {}

    static String text(ParameterException e, CommandSpec command) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            if (unmatched.isUnknownOption()) {
                return "there is no option " + word
                        + suggestions(word, command.optionsMap().keySet());
            }
            if (command.parent() == null) {
                return "there is no command " + word
                        + suggestions(word, command.subcommands().keySet());
            }
        }
        String message = String.valueOf(e.getMessage());
        @Nullable ArgSpec argument = e.getArgSpec();
        return argument == null ? message : ofValue(message, argument);
    }

    private static String ofValue(String message, ArgSpec argument) {
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        Matcher number = NO_NUMBER.matcher(message);
        if (number.matches()) {
            String value = number.group(1);
            boolean isTooLarge = DIGITS.matcher(value).matches();
            return name + " is a whole number"
                    + (isTooLarge ? ", and " + value + " is too large" : ", not '" + value + "'");
        }
        Matcher constant = NO_CONSTANT.matcher(message);
        if (constant.matches()) {
            return name + " is one of " + constant.group(1).toLowerCase(Locale.ROOT) + ", not '" + constant.group(2)
                    + "'";
        }
        Matcher pair = NO_PAIR.matcher(message);
        if (pair.matches()) {
            return name + " is KEY=VALUE, not '" + pair.group(1) + "'";
        }
        Matcher other = NOT_CONVERTED.matcher(message);
        return other.matches() ? name + ": " + other.group(1) : message;
    }

    private static String suggestions(String word, Set<String> names) {
        List<String> found = SimilarNames.to(word, names);
        return found.isEmpty() ? "" : "; did you mean " + String.join(" or ", found) + "?";
    }
}
