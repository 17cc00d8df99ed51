package io.minimalcluster.client.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What a shell completes for the value of an option or for an argument.
 *
 * @param call command of the client that prints candidates, one a line; empty for none
 * @param fixed candidates that are known beforehand
 * @param files whether names of files are candidates
 */
record CompletedWord(Optional<String> call, List<String> fixed, boolean files) {
    private static final CompletedWord ANY = new CompletedWord(Optional.empty(), List.of(), false);
    private static final CompletedWord FILES = new CompletedWord(Optional.empty(), List.of(), true);
    private static final int NEWEST = 30;

    static CompletedWord of(ArgSpec argument) {
        return switch (argument.paramLabel()) {
            case "FILE", "FOLDER" -> FILES;
            case "JOB", "JOB|ENV" -> called("jobs", "last");
            case "ENV" -> called("environments", "last");
            case "WORKER" -> called("workers", "last");
            default -> argument.completionCandidates() == null ? ANY : choice(argument.completionCandidates());
        };
    }

    static CompletedWord choice(Iterable<String> values) {
        List<String> fixed = new ArrayList<>();
        values.forEach(value -> fixed.add(value.toLowerCase(Locale.ROOT)));
        return new CompletedWord(Optional.empty(), fixed, false);
    }

    private static CompletedWord called(String list, String... fixed) {
        return new CompletedWord(Optional.of(list + " --quiet --limit " + NEWEST), List.of(fixed), false);
    }

    boolean isAny() {
        return equals(ANY);
    }
}
