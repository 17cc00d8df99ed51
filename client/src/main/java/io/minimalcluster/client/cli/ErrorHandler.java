package io.minimalcluster.client.cli;

import io.minimalcluster.client.Problem;
import io.minimalcluster.client.ProblemException;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProblemFormatter;
import io.minimalcluster.client.local.StartFailedException;
import io.minimalcluster.client.local.StopFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;

/** Prints the exceptions of a command as one or two lines, and maps them to exit codes. */
final class ErrorHandler {
    private final Output output;

    ErrorHandler(Output output) {
        this.output = output;
    }

    int reportUsageError(ParameterException e, String[] args) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        output.note("minimalcluster: " + UsageError.text(e, command));
        output.note("see ./minimalcluster help" + (command.parent() == null ? "" : " " + command.name()));
        return ExitCode.WRONG_USAGE;
    }

    int reportFailure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        return switch (e) {
            case UsageException _ -> report(String.valueOf(e.getMessage()), ExitCode.WRONG_USAGE);
            case FileNotFoundException _ -> report("can't read " + e.getMessage(), ExitCode.WRONG_USAGE);
            case FileSystemException _ -> report("can't use " + e.getMessage(), ExitCode.WRONG_USAGE);
            case ProblemException refused -> refused(refused.problem());
            case StartFailedException _, StopFailedException _ ->
                report(String.valueOf(e.getMessage()), ExitCode.UNREACHABLE);
            case UnreachableException _ -> report(String.valueOf(e.getMessage()), ExitCode.UNREACHABLE);
            case UncheckedIOException wrapped
            when wrapped.getCause() instanceof FileSystemException failed ->
                report("can't use " + failed.getMessage(), ExitCode.WRONG_USAGE);
            case JacksonException _ -> report("the master's answer is incomplete", ExitCode.UNREACHABLE);
            case IOException _, UncheckedIOException _ ->
                report("the master's answer broke off: " + e.getMessage(), ExitCode.UNREACHABLE);
            default -> throw e; // a defect: printed with its stack trace
        };
    }

    private int refused(Problem problem) {
        output.diagnostics(ProblemFormatter.describe(problem));
        return ExitCode.REFUSED;
    }

    private int report(String message, int code) {
        output.note("minimalcluster: " + message);
        return code;
    }
}
