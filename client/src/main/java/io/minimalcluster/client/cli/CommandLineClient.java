package io.minimalcluster.client.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.command.BackupCommand;
import io.minimalcluster.client.cli.command.DownCommand;
import io.minimalcluster.client.cli.command.ExplainCommand;
import io.minimalcluster.client.cli.command.FollowCommand;
import io.minimalcluster.client.cli.command.HelpCommand;
import io.minimalcluster.client.cli.command.JobCommand;
import io.minimalcluster.client.cli.command.JobsCommand;
import io.minimalcluster.client.cli.command.ListCommand;
import io.minimalcluster.client.cli.command.LoadCommand;
import io.minimalcluster.client.cli.command.RegisterCommand;
import io.minimalcluster.client.cli.command.ResultsCommand;
import io.minimalcluster.client.cli.command.RunCommand;
import io.minimalcluster.client.cli.command.StatusCommand;
import io.minimalcluster.client.cli.command.SubmitCommand;
import io.minimalcluster.client.cli.command.UpCommand;
import io.minimalcluster.client.cli.command.ValuesCommand;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command of the command line, with all subcommands and their shared options. */
@Command(
        name = "./minimalcluster",
        description = "Maps a function over a list of arguments on the machines of a cluster.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Selection of the master, for every command:",
            "  --url=URL         its address; else MINIMALCLUSTER_URL, else the master that",
            "                    was started in this folder, else the one that up started",
            "  --key-file=FILE   the file of its key; else MINIMALCLUSTER_AUTHKEY, else the",
            "                    key that this master has generated",
            "  --ca-file=FILE    the certificates that sign that of a master with TLS, in PEM",
            "                    format; else MINIMALCLUSTER_CA_FILE, else those of the JDK",
            "  --data=FOLDER     where up keeps its cluster; ~/.minimalcluster by default"
        })
public final class CommandLineClient {
    @Mixin
    private final MasterOptions master;

    @Mixin
    private final Output output;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private CommandLineClient(CliContext context) {
        this.master = new MasterOptions(context);
        this.output = new Output(context);
    }

    public static void main(String[] args) {
        System.exit(run(context(), args));
    }

    static int run(CliContext context, String... args) {
        int code = commands(context).execute(args);
        if (code != ExitCode.INTERRUPTED) { // then a thread may still print, or block on a full pipe
            context.out().flush();
        }
        return code;
    }

    static CommandLine commands(CliContext context) {
        CommandLineClient client = new CommandLineClient(context);
        ErrorHandler errorHandler = new ErrorHandler(client.output);
        return client.build(context)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errorHandler::reportUsageError)
                .setExecutionExceptionHandler(errorHandler::reportFailure);
    }

    private CommandLine build(CliContext context) {
        CommandLine root = new CommandLine(this)
                .addSubcommand(new HelpCommand())
                .addSubcommand(new UpCommand(master, output, context, Installation.current()))
                .addSubcommand(new DownCommand(master, output))
                .addSubcommand(new StatusCommand(master, output))
                .addSubcommand(new LoadCommand(master, output, new SourceFiles(context.folder())))
                .addSubcommand(new RegisterCommand(master, output))
                .addSubcommand(new RunCommand(master, output, context))
                .addSubcommand(new SubmitCommand(master, output, context))
                .addSubcommand(new JobsCommand(master, output))
                .addSubcommand("job", JobCommand.command(master, output, "job", "Show a job.", Client::job))
                .addSubcommand(new ResultsCommand(master, output))
                .addSubcommand(new ValuesCommand(master, output))
                .addSubcommand(new FollowCommand(master, output, context))
                .addSubcommand(new ExplainCommand(master, output))
                .addSubcommand("workers", ListCommand.workers(master, output))
                .addSubcommand("functions", ListCommand.functions(master, output))
                .addSubcommand("environments", ListCommand.environments(master, output))
                .addSubcommand(new BackupCommand(master, output))
                .setOut(context.outWriter())
                .setErr(context.errWriter());
        addJobCommand(root, "cancel", "Cancel a job. Recorded results are kept.", Client::cancel);
        addJobCommand(root, "pause", "Stop the allocation of tasks of a job. Running tasks finish.", Client::pause);
        addJobCommand(root, "resume", "Resume a paused job.", Client::resume);
        addJobCommand(root, "retry", "Run the failed and cancelled tasks of a job again.", Client::retry);
        LauncherCommand.addAll(root);
        root.getCommandSpec().version(version());
        root.getSubcommands().forEach(CommandLineClient::addExample);
        return root;
    }

    /** The version from the manifest of the jar, and the commit that the launcher passes. */
    private static String version() {
        @Nullable String version = CommandLineClient.class.getPackage().getImplementationVersion();
        String commit = System.getProperty("minimalcluster.commit", "");
        return "minimalcluster " + (version == null ? "unknown" : version)
                + (commit.isEmpty() ? "" : ", commit " + commit) + ", Java " + Runtime.version();
    }

    private void addJobCommand(CommandLine root, String name, String description, BiFunction<Client, JobId, Job> call) {
        root.addSubcommand(name, JobCommand.command(master, output, name, description, call));
    }

    /** Appends the example of a command, its own footer, to its help without line wrapping. */
    private static void addExample(String name, CommandLine command) {
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
