package io.minimalcluster.client.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.command.BackupCommand;
import io.minimalcluster.client.cli.command.ChangeJobCommand;
import io.minimalcluster.client.cli.command.DownCommand;
import io.minimalcluster.client.cli.command.EnvironmentsCommand;
import io.minimalcluster.client.cli.command.ExplainCommand;
import io.minimalcluster.client.cli.command.FollowCommand;
import io.minimalcluster.client.cli.command.FunctionsCommand;
import io.minimalcluster.client.cli.command.HelpCommand;
import io.minimalcluster.client.cli.command.JobsCommand;
import io.minimalcluster.client.cli.command.LoadCommand;
import io.minimalcluster.client.cli.command.RegisterCommand;
import io.minimalcluster.client.cli.command.ResultsCommand;
import io.minimalcluster.client.cli.command.RunCommand;
import io.minimalcluster.client.cli.command.ShowJobCommand;
import io.minimalcluster.client.cli.command.StatusCommand;
import io.minimalcluster.client.cli.command.SubmitCommand;
import io.minimalcluster.client.cli.command.UpCommand;
import io.minimalcluster.client.cli.command.ValuesCommand;
import io.minimalcluster.client.cli.command.WorkersCommand;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.SourceFiles;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.Job;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line as a whole: what commands there are, and which options they share. */
@Command(
        name = "./minimalcluster",
        description = "Spreads a function over a list of arguments, on the machines of a cluster.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionProvider.class,
        footer = {
            "",
            "Which master, for every command:",
            "  --url=URL         its address; else MINIMALCLUSTER_URL, else the master that",
            "                    was started in this folder, else the one that up started",
            "  --key-file=FILE   the file of its key; else MINIMALCLUSTER_AUTHKEY, else the",
            "                    key that this master has made",
            "  --data=FOLDER     where up keeps its cluster; ~/.minimalcluster by default"
        })
public final class CommandLineClient {
    @Mixin
    private final MasterOptions master;

    @Mixin
    private final Output output;

    @Option(names = "--version", versionHelp = true, description = "Print the version and end.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this and end.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private CommandLineClient(CliContext here) {
        this.master = new MasterOptions(here);
        this.output = new Output(here);
    }

    public static void main(String[] args) {
        System.exit(run(context(), args));
    }

    static int run(CliContext here, String... args) {
        int code = commands(here).execute(args);
        if (code != ExitCode.INTERRUPTED) { // when a thread may still be printing, or be held up by the reader
            here.out().flush();
        }
        return code;
    }

    static CommandLine commands(CliContext here) {
        CommandLineClient client = new CommandLineClient(here);
        ErrorHandler errorHandler = new ErrorHandler(client.output);
        return client.withSubcommands(here)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errorHandler::misused)
                .setExecutionExceptionHandler(errorHandler::failed);
    }

    private CommandLine withSubcommands(CliContext here) {
        CommandLine all = new CommandLine(this)
                .addSubcommand(new HelpCommand())
                .addSubcommand(new UpCommand(master, output, here, Installation.current()))
                .addSubcommand(new DownCommand(master, output))
                .addSubcommand(new StatusCommand(master, output))
                .addSubcommand(new LoadCommand(master, output, new SourceFiles(here.folder())))
                .addSubcommand(new RegisterCommand(master, output))
                .addSubcommand(new RunCommand(master, output, here))
                .addSubcommand(new SubmitCommand(master, output, here))
                .addSubcommand(new JobsCommand(master, output))
                .addSubcommand(new ShowJobCommand(master, output))
                .addSubcommand(new ResultsCommand(master, output))
                .addSubcommand(new ValuesCommand(master, output))
                .addSubcommand(new FollowCommand(master, output, here))
                .addSubcommand(new ExplainCommand(master, output))
                .addSubcommand(new WorkersCommand(master, output))
                .addSubcommand(new FunctionsCommand(master, output))
                .addSubcommand(new EnvironmentsCommand(master, output))
                .addSubcommand(new BackupCommand(master, output))
                .setOut(here.outWriter())
                .setErr(here.errWriter());
        addChange(all, "cancel", "End a job now; what it has finished stays.", Client::cancel);
        addChange(all, "pause", "Hand out nothing new of a job; what runs finishes.", Client::pause);
        addChange(all, "resume", "Let a paused job go on.", Client::resume);
        addChange(all, "retry", "Run what failed or was cancelled of a job again.", Client::retry);
        LauncherCommand.addAll(all);
        all.getSubcommands().forEach(CommandLineClient::showExample);
        return all;
    }

    private void addChange(CommandLine all, String name, String description, BiFunction<Client, JobId, Job> change) {
        all.addSubcommand(name, ChangeJobCommand.command(master, output, name, description, change));
    }

    /** A command's own footer is its example, which stays on one line, however long. */
    private static void showExample(String name, CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        String example = "%nExample:%n  ".formatted() + String.join("", usage.footer());
        String options = switch (name) {
            case "help" -> "";
            case "up", "down" -> "%n%nWhich cluster: --data; see ./minimalcluster help.".formatted();
            default ->
                usage.sectionKeys().contains(SECTION_KEY_OPTION_LIST)
                        ? "%n%nWhich master: --url, --key-file or --data; see ./minimalcluster help.".formatted()
                        : "";
        };
        command.getHelpSectionMap().put(SECTION_KEY_FOOTER, _ -> example + options + System.lineSeparator());
    }

    private static CliContext context() {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("minimalcluster.terminal");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(MasterOptions.HOME_VARIABLE, System.getProperty("user.home"));
        return new CliContext(
                System.in, out, err, terminal, Path.of(""), environment, System::nanoTime, new ProcessSignals());
    }
}
