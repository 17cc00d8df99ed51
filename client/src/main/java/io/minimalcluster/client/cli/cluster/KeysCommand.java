package io.minimalcluster.client.cli.cluster;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.DurationParser;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.PageOptions;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.client.cli.output.ProgressFormatter;
import io.minimalcluster.model.cluster.AccessKey;
import io.minimalcluster.model.cluster.NewAccessKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "keys",
        description = {
            "List the named keys, create one or revoke one. That takes an admin key.",
            "The secret of a new key is printed once, on standard output; the master keeps only a digest."
        },
        customSynopsis = {
            "./minimalcluster keys [--limit N]",
            "       ./minimalcluster keys --create NAME --role ROLE [--expires TIME] >FILE",
            "       ./minimalcluster keys --revoke NAME"
        },
        footer = "./minimalcluster keys --create alice --role client --expires 30d")
public final class KeysCommand implements Runnable {
    /** What a key may do. */
    enum Role {
        CLIENT,
        WORKER,
        OBSERVER,
        ADMIN
    }

    private static final List<String> HEADS = List.of("KEY", "ROLE", "BY", "EXPIRES", "AGE");

    private final MasterOptions master;
    private final Output output;

    @Mixin
    private PageOptions page = new PageOptions();

    @ArgGroup
    private @Nullable Change change;

    @Option(names = "--role", paramLabel = "ROLE", description = "The role of a new key: ${COMPLETION-CANDIDATES}.")
    private @Nullable Role role;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = DurationParser.class,
            description = "The life of a new key, such as 12h or 30d; without an end by default.")
    private @Nullable Double expires;

    /** A change, of which a call makes one. */
    static final class Change {
        @Option(names = "--create", paramLabel = "NAME", description = "Create a key and print its secret.")
        private @Nullable String created;

        @Option(names = "--revoke", paramLabel = "NAME", description = "Revoke a key; no master accepts it any more.")
        private @Nullable String revoked;
    }

    public KeysCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        boolean creates = change != null && change.created != null;
        if (creates != (role != null) || (expires != null && !creates)) {
            throw new UsageException("a new key takes --create and --role, and --expires if it ends");
        }
        try (Client client = master.client()) {
            if (change == null) {
                Instant now = Instant.now();
                output.page(client.keys(page.listing(Map.of())), page.idsOnly(), HEADS, key -> row(key, now));
            } else if (change.revoked != null) {
                client.deleteKey(change.revoked);
                output.note("revoked " + change.revoked);
            } else {
                create(client, String.valueOf(change.created));
            }
        }
    }

    private void create(Client client, String name) {
        Instant end = expires == null ? null : Instant.now().plus(Duration.ofMillis((long) (expires * 1000)));
        String named = String.valueOf(role).toLowerCase(Locale.ROOT);
        AccessKey created = client.createKey(new NewAccessKey(name, named, end));
        output.result(created, String.valueOf(created.secret()));
        output.note("created " + name + ", role " + named + "; this secret is not shown again");
    }

    private static List<String> row(AccessKey key, Instant now) {
        Instant end = key.expiresAt();
        return List.of(
                key.name(),
                key.role(),
                key.createdBy(),
                end == null ? "never" : end.isBefore(now) ? "expired" : "in " + ProgressFormatter.age(now, end),
                ProgressFormatter.age(key.createdAt(), now));
    }
}
