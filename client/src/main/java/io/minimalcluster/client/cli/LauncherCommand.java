package io.minimalcluster.client.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.minimalcluster.client.cli.option.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that the launcher script runs by itself. This class provides its help text. */
enum LauncherCommand {
    DEMO("", """
            Start a small cluster, estimate Pi with 1,000,000 tasks, and stop it.
            It is a master and a worker on free ports, with a temporary store.""", "demo"),

    TEST("[OPTION...] [ARG...]", """
            Run static analysis, and every test but the long ones.
            As root on Debian and Ubuntu it installs the tools that tests need.
            Options choose tests; other arguments go to Maven:

              --unit             unit tests only, without static analysis
              --module NAME      the tests of one module
              --it PATTERN       the system tests that match, as in --it JobIT
              --store postgres   system tests on PostgreSQL instead of the embedded store
              --print            print the Maven command, and run nothing""", "test --it JobIT"),

    FAULTS("[ARG...]", """
            Run the long tests, for half an hour.
            They kill, freeze and cut off processes. Arguments go to Maven.""", "faults"),

    BENCH("[--quick] [--peers] [--json FILE] | --curves [--quick] | --micro [--quick]", """
            Measure throughput, latency and start time, and compare with the targets.
            --quick takes fewer rounds; --json writes the figures to a file as well.
            --peers measures Hazelcast, Ignite and Spark in the same run, for ratios. Its
            first run downloads some 250 MB, and with --quick it takes about ten minutes.
            With --curves it measures the cost over tasks, sizes, stored jobs and batch
            sizes instead. With --micro it measures parts of the code alone, without a
            cluster, in about five minutes.""", "bench --quick"),

    CHAOS("[--minutes N] [--seed S] | --recovery [--times N]", """
            Kill and cut off the processes of a cluster, and check that nothing is lost.
            The seed gives the schedule. With --recovery it kills a worker, the master and
            the database in turn, and measures how long it takes until tasks run again.
            With --store postgres the store is a PostgreSQL that it starts and kills too.
            All options: docs/chaos.md.""", "chaos --minutes 1 --seed 7"),

    FUZZ("[--minutes N] [--seed S]", """
            Send random calls of the API description to a master.
            It fails at a server error, a hang or an answer that shows internals, and
            prints the seed, which repeats the calls.""", "fuzz --minutes 5 --seed 7"),

    BUILD("", """
            Build the project if sources have changed.
            The other commands do that automatically.""", "build"),

    TRAIN("", """
            Record class caches, which halve the start time of services.
            up and demo do that in the background after the first start.""", "train"),

    JSHELL("[FILE...]", """
            Start the interactive shell of the JDK with the variable cluster, a connected
            Cluster. Methods that are defined in the shell run on the cluster. FILE has
            snippets to run first.

              long square(long x) { return x * x; }
              cluster.map(x -> square(x), List.of(1L, 2L, 3L))

            Tasks have no variables of the shell. A parameter or a local variable is sent:

              { long k = 5; IO.println(cluster.map((Long x) -> x * k, List.of(1L, 2L))); }

            The cluster is that of MINIMALCLUSTER_URL and MINIMALCLUSTER_AUTHKEY, or of
            this folder, or that of ./minimalcluster up.""", "jshell"),

    MASTER("[--SETTING=VALUE...]", """
            Run a master in the foreground until SIGTERM or Ctrl-C.
            Settings are Spring properties. The main ones, with their defaults:

              --server.port=8080
                  the port that it listens at; 0 is any free one
              --server.address=127.0.0.1
                  the network interface that it listens at
              --minimalcluster.data=./data
                  the folder of the store and the keys
              --minimalcluster.authkey=KEY
                  the key for every call; by default generated, in the file authkey
              --minimalcluster.local-worker.enabled=true
                  whether the master is a worker too
              --minimalcluster.local-worker.slots=N
                  tasks that it runs at a time; as many as cores
              --minimalcluster.executor.minimum-isolation=uid
                  the weakest isolation of tasks that is accepted; process where not Linux
              --spring.datasource.url=jdbc:postgresql://HOST/DATABASE
                  PostgreSQL as the store; by default SQLite in the data folder

            All settings: docs/settings.md. JVM options: MINIMALCLUSTER_MASTER_OPTS.""", "master --server.port=9000"),

    PACKAGE("", """
            Build the project, and write the release archive to target.
            The archive has the launcher, master, worker, command line and documents.
            It needs a JDK and no Maven.""", "package"),

    WORKER(
            "URL --key-file FILE [OPTION...] [--SETTING=VALUE...]",
            """
            Run a worker in the foreground until SIGTERM or Ctrl-C.
            It finishes its tasks before it ends. URL is the address of the master.

              --key-file FILE    a copy of the file worker.key in the master's data folder
              --ca-file FILE     PEM certificates that sign that of a master with TLS
              --slots N          tasks that it runs at a time; as many as cores by default
              --name NAME        its name; host name and process id by default
              --label KEY=VALUE  a label, which jobs can require

            Settings are Spring properties. The main ones, with their defaults:

              --minimalcluster.master-url=http://localhost:8080
                  the address of the master; several, parted by commas, are tried in turn
              --minimalcluster.executor.heap=512m
                  memory of one executor, each of which runs a task at a time
              --minimalcluster.executor.minimum-isolation=uid
                  the weakest isolation of tasks that is accepted; process where not Linux

            All settings: docs/settings.md. JVM options: MINIMALCLUSTER_WORKER_OPTS.
            The example is for a cluster that ./minimalcluster up has started.""",
            "worker http://127.0.0.1:8080 --key-file $HOME/.minimalcluster/data/worker.key --slots 2"),

    VERSION("", "Print the version, the commit where it is known, and the Java version.", "version");

    private final String parameters;
    private final String description;
    private final String example;

    LauncherCommand(String parameters, String description, String example) {
        this.parameters = parameters;
        this.description = description;
        this.example = "./minimalcluster " + example;
    }

    static void addAll(CommandLine commands) {
        for (LauncherCommand command : values()) {
            commands.addSubcommand(command.name().toLowerCase(Locale.ROOT), command.spec());
        }
    }

    private CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> {
            throw new UsageException("only the launcher runs this: " + example);
        });
        List<String> sections = new ArrayList<>(spec.usageMessage().sectionKeys());
        sections.remove(SECTION_KEY_OPTION_LIST); // the options would be those of the client
        spec.usageMessage()
                .sectionKeys(sections)
                .customSynopsis(("./minimalcluster " + name().toLowerCase(Locale.ROOT) + " " + parameters).strip())
                .description(description.split("\n"))
                .footer(example);
        return spec;
    }
}
