package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.cluster.Backup;
import picocli.CommandLine.Command;

@Command(
        name = "backup",
        description = "Make a copy of the store in the master's data folder, while it runs.",
        footer = "./minimalcluster backup")
public final class BackupCommand implements Runnable {
    private final MasterOptions master;
    private final Output output;

    public BackupCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        try (Client client = master.client()) {
            Backup backup = client.backup();
            output.result(backup, backup.file());
        }
    }
}
