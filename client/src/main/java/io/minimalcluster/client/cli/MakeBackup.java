package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.cluster.Backup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "backup",
        description = "Make a copy of the store in the master's data folder, while it runs.",
        footer = "./minimalcluster backup")
final class MakeBackup implements Callable<Integer> {
    private final MasterOptions master;
    private final Output output;

    MakeBackup(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public Integer call() {
        try (Client client = master.client()) {
            Backup backup = client.backup();
            if (output.isJson()) {
                output.json(backup);
            } else {
                output.line(backup.file());
            }
        }
        return ExitCode.DONE;
    }
}
