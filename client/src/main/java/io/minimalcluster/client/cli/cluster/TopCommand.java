package io.minimalcluster.client.cli.cluster;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.DurationParser;
import io.minimalcluster.client.cli.option.InterruptSource;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.Output;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        description = {
            "Show workers and jobs, and their rates, live. Ctrl-C ends it.",
            "Where standard output is not a terminal it prints one view and ends."
        },
        footer = "./minimalcluster top --times 1")
public final class TopCommand implements Runnable {
    private static final String OPEN = "\033[?1049h\033[?25l"; // alternate screen, no cursor
    private static final String CLOSE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String ERASE_LINE_END = "\033[K";
    private static final String ERASE_BELOW = "\033[J";

    private final MasterOptions master;
    private final Output output;
    private final CliContext context;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "Time between two views, 2s by default.")
    private double interval = 2;

    @Option(
            names = {"-n", "--times"},
            paramLabel = "N",
            description = "Number of views; until Ctrl-C by default.")
    private @Nullable Integer times;

    public TopCommand(MasterOptions master, Output output, CliContext context) {
        this.master = master;
        this.output = output;
        this.context = context;
    }

    @Override
    public void run() {
        if (interval <= 0 || (times != null && times < 1)) {
            throw new UsageException("--interval and --times are above 0");
        }
        MasterOptions.Endpoint endpoint = master.endpoint();
        try (Client client = endpoint.client()) {
            boolean live = context.screen().output() && !output.isJson() && (times == null || times > 1);
            if (live) {
                showLive(client, endpoint);
            } else if (output.isJson()) {
                output.json(ClusterSnapshot.of(client));
            } else {
                output.out().println(String.join("\n", view(endpoint).lines(ClusterSnapshot.of(client))));
            }
        }
    }

    private TopView view(MasterOptions.Endpoint endpoint) {
        return new TopView(endpoint.address(), context.screen(), output.coloursOutput());
    }

    private void showLive(Client client, MasterOptions.Endpoint endpoint) {
        CountDownLatch interrupted = new CountDownLatch(1);
        output.out().print(OPEN);
        try (InterruptSource.Registration _ = context.interrupts().handle(interrupted::countDown)) {
            TopView view = view(endpoint);
            List<String> last = List.of();
            for (int shown = 0; times == null || shown < times; shown++) {
                try {
                    last = view.lines(ClusterSnapshot.of(client));
                    draw(last);
                } catch (UnreachableException e) {
                    draw(TopView.withoutAnswer(last, String.valueOf(e.getMessage())));
                }
                if (interrupted.await((long) (interval * 1000), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            output.out().print(CLOSE);
            output.out().flush();
        }
    }

    private void draw(List<String> lines) {
        String screen = String.join(
                ERASE_LINE_END + "\n",
                lines.subList(0, Math.min(lines.size(), context.screen().rows())));
        output.out().print(HOME + screen + ERASE_LINE_END + ERASE_BELOW);
        output.out().flush();
    }
}
