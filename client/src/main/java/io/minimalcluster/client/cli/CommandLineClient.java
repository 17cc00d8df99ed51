package io.minimalcluster.client.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.cluster.DrainCommand;
import io.minimalcluster.client.cli.cluster.KeysCommand;
import io.minimalcluster.client.cli.cluster.TopCommand;
import io.minimalcluster.client.cli.command.BackupCommand;
import io.minimalcluster.client.cli.command.DeleteCommand;
import io.minimalcluster.client.cli.command.DownCommand;
import io.minimalcluster.client.cli.command.ExplainCommand;
import io.minimalcluster.client.cli.command.FollowCommand;
import io.minimalcluster.client.cli.command.HelpCommand;
import io.minimalcluster.client.cli.command.JobCommand;
import io.minimalcluster.client.cli.command.JobsCommand;
import io.minimalcluster.client.cli.command.ListCommand;
import io.minimalcluster.client.cli.command.LoadCommand;
import io.minimalcluster.client.cli.command.LogsCommand;
import io.minimalcluster.client.cli.command.RegisterCommand;
import io.minimalcluster.client.cli.command.ResultsCommand;
import io.minimalcluster.client.cli.command.RunCommand;
import io.minimalcluster.client.cli.command.StatusCommand;
import io.minimalcluster.client.cli.command.SubmitCommand;
import io.minimalcluster.client.cli.command.TaskCommand;
import io.minimalcluster.client.cli.command.UpCommand;
import io.minimalcluster.client.cli.command.ValuesCommand;
import io.minimalcluster.client.cli.command.WaitCommand;
import io.minimalcluster.client.cli.completion.CompletionCommand;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.Screen;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
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
    private static final String VERSION = "--version";

    /** Commands that look at the other commands. */
    private static final Set<String> NEEDS_ALL = Set.of("help", "completion");

    @Mixin
    private final MasterOptions master;

    @Mixin
    private final Output output;

    @Option(names = VERSION, versionHelp = true, description = "Print the version and exit.")
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

    /** Runs a command within this process, and returns its exit code. */
    public static int run(CliContext context, String... args) {
        int code = commands(context, args.length == 0 ? "" : args[0]).execute(args);
        if (code == ExitCode.INTERRUPTED) {
            return code; // a thread may still print, or block on a full pipe
        }
        if (context.out().checkError()) { // flushes
            context.err().println("minimalcluster: standard output could not be written completely");
            return code == ExitCode.DONE ? ExitCode.JOB_FAILED : code;
        }
        return code;
    }

    /** The command line with all commands. */
    static CommandLine commands(CliContext context) {
        return commands(context, "");
    }

    private static CommandLine commands(CliContext context, String name) {
        CommandLineClient client = new CommandLineClient(context);
        ErrorHandler errorHandler = new ErrorHandler(client.output);
        return client.build(context, name)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errorHandler::reportUsageError)
                .setExecutionExceptionHandler(errorHandler::reportFailure);
    }

    /** All commands, by the order of their help. A call creates only the command that it names. */
    private Map<String, Supplier<Object>> commandsByName(CliContext context) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("help", HelpCommand::new);
        all.put("up", () -> new UpCommand(master, output, context, Installation.current()));
        all.put("down", () -> new DownCommand(master, output));
        all.put("status", () -> new StatusCommand(master, output));
        all.put("top", () -> new TopCommand(master, output, context));
        all.put("load", () -> new LoadCommand(master, output, new SourceFiles(context)));
        all.put("register", () -> new RegisterCommand(master, output));
        all.put("environments", () -> ListCommand.environments(master, output));
        all.put("functions", () -> ListCommand.functions(master, output));
        all.put("run", () -> new RunCommand(master, output, context));
        all.put("submit", () -> new SubmitCommand(master, output, context));
        all.put("wait", () -> new WaitCommand(master, output, context));
        all.put("jobs", () -> new JobsCommand(master, output));
        all.put("job", () -> job("job", "Show a job.", Client::job));
        all.put("task", () -> new TaskCommand(master, output));
        all.put("logs", () -> new LogsCommand(master, output, context));
        all.put("results", () -> new ResultsCommand(master, output));
        all.put("values", () -> new ValuesCommand(master, output, context));
        all.put("follow", () -> new FollowCommand(master, output, context));
        all.put("explain", () -> new ExplainCommand(master, output));
        all.put("cancel", () -> job("cancel", "Cancel a job. Recorded results are kept.", Client::cancel));
        all.put(
                "pause",
                () -> job("pause", "Stop the allocation of tasks of a job. Running tasks finish.", Client::pause));
        all.put("resume", () -> job("resume", "Resume a paused job.", Client::resume));
        all.put("retry", () -> job("retry", "Run the failed and cancelled tasks of a job again.", Client::retry));
        all.put("delete", () -> new DeleteCommand(master, output));
        all.put("workers", () -> ListCommand.workers(master, output));
        all.put("drain", () -> new DrainCommand(master, output));
        all.put("keys", () -> new KeysCommand(master, output));
        all.put("backup", () -> new BackupCommand(master, output));
        all.put("completion", () -> new CompletionCommand(output));
        return all;
    }

    private CommandLine job(String name, String description, BiFunction<Client, JobId, Job> call) {
        return JobCommand.command(master, output, name, description, call);
    }

    /** @param name the only command to create, or any other text for all of them */
    private CommandLine build(CliContext context, String name) {
        CommandLine root = new CommandLine(this);
        Map<String, Supplier<Object>> all = commandsByName(context);
        boolean one = name.equals(VERSION) || (all.containsKey(name) && !NEEDS_ALL.contains(name));
        all.forEach((each, command) -> {
            if (!one || each.equals(name)) {
                root.addSubcommand(each, command.get());
            }
        });
        if (!one) {
            LauncherCommand.addAll(root);
        }
        root.getCommandSpec().version(version());
        root.getSubcommands().forEach(CommandLineClient::addExample);
        return root.setOut(context.outWriter()).setErr(context.errWriter());
    }

    /** The version from the manifest of the jar, and the commit that the launcher passes. */
    private static String version() {
        @Nullable String version = CommandLineClient.class.getPackage().getImplementationVersion();
        String commit = System.getProperty("minimalcluster.commit", "");
        return "minimalcluster " + (version == null ? "unknown" : version)
                + (commit.isEmpty() ? "" : ", commit " + commit) + ", Java " + Runtime.version();
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
                System.in,
                out,
                err,
                terminal,
                Screen.current(environment),
                Path.of(""),
                environment,
                System::nanoTime,
                new ProcessSignals());
    }
}
