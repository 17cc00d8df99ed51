package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line as a whole: what commands there are, and which options they share. */
@Command(name = "minimalcluster", description = "Talks to a master, and runs one.", synopsisSubcommandLabel = "COMMAND")
public final class CommandLineClient {
    @Mixin
    private final MasterOptions master;

    @Mixin
    private final Output output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this and end.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private CommandLineClient(Surroundings here) {
        this.master = new MasterOptions(here);
        this.output = new Output(here);
    }

    public static void main(String[] args) {
        System.exit(run(surroundings(), args));
    }

    static int run(Surroundings here, String... args) {
        CommandLineClient client = new CommandLineClient(here);
        Endings endings = new Endings(client.output);
        int code = client.commands(here)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(endings::misused)
                .setExecutionExceptionHandler(endings::failed)
                .execute(args);
        here.out().flush();
        return code;
    }

    private CommandLine commands(Surroundings here) {
        return new CommandLine(this)
                .addSubcommand(new Up(master, output, Installation.current()))
                .addSubcommand(new Down(master, output))
                .addSubcommand(new Status(master, output))
                .addSubcommand(new Load(master, output, new SourceFiles(here.folder())))
                .addSubcommand(new Register(master, output))
                .addSubcommand(new Run(master, output, here))
                .addSubcommand(new Submit(master, output, here))
                .addSubcommand(new Jobs(master, output))
                .addSubcommand(new ShowJob(master, output))
                .addSubcommand(new Results(master, output))
                .addSubcommand(new Values(master, output))
                .addSubcommand(new Follow(master, output))
                .addSubcommand(new Explain(master, output))
                .addSubcommand("cancel", changing("End a job now; what it has finished stays.", Client::cancel))
                .addSubcommand("pause", changing("Hand out nothing new of a job; what runs finishes.", Client::pause))
                .addSubcommand("resume", changing("Let a paused job go on.", Client::resume))
                .addSubcommand("retry", changing("Run what failed or was cancelled of a job again.", Client::retry))
                .addSubcommand(new Workers(master, output))
                .addSubcommand(new Functions(master, output))
                .addSubcommand(new Environments(master, output))
                .addSubcommand(new MakeBackup(master, output))
                .setOut(here.outWriter())
                .setErr(here.errWriter());
    }

    private CommandLine changing(String description, BiFunction<Client, JobId, Job> change) {
        return ChangeJob.command(master, output, description, change);
    }

    private static Surroundings surroundings() {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("minimalcluster.terminal");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent(MasterOptions.HOME_VARIABLE, System.getProperty("user.home"));
        return new Surroundings(System.in, out, err, terminal, Path.of(""), environment, System::nanoTime);
    }
}
