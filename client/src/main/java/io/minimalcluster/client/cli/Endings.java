package io.minimalcluster.client.cli;

import io.minimalcluster.client.Problem;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.local.DidNotStartException;
import io.minimalcluster.client.local.DidNotStopException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;

/** Tells each way in which a command can go wrong in a line or two, and gives its exit code. */
final class Endings {
    private final Output output;

    Endings(Output output) {
        this.output = output;
    }

    int misused(ParameterException e, String[] args) {
        output.note(String.valueOf(e.getMessage()));
        output.note("see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_USAGE;
    }

    int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        return switch (e) {
            case UsageException _ -> told(String.valueOf(e.getMessage()), ExitCode.WRONG_USAGE);
            case FileNotFoundException _ -> told("can't read " + e.getMessage(), ExitCode.WRONG_USAGE);
            case FileSystemException _ -> told("can't use " + e.getMessage(), ExitCode.WRONG_USAGE);
            case ProblemException refused -> refused(refused.problem());
            case DidNotStartException _, DidNotStopException _ ->
                told(String.valueOf(e.getMessage()), ExitCode.UNREACHABLE);
            case UnreachableException _ -> told(String.valueOf(e.getMessage()), ExitCode.UNREACHABLE);
            case IOException _, UncheckedIOException _, JacksonException _ ->
                told("the master's answer broke off: " + e.getMessage(), ExitCode.UNREACHABLE);
            default -> throw e; // a defect: with its stack trace
        };
    }

    private int refused(Problem problem) {
        output.note(Refusal.describe(problem));
        return ExitCode.REFUSED;
    }

    private int told(String message, int code) {
        output.note("minimalcluster: " + message);
        return code;
    }
}
