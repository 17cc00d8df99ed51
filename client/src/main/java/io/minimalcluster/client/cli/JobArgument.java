package io.minimalcluster.client.cli;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.JobId;
import picocli.CommandLine.Parameters;

/** The job that a command is about. */
final class JobArgument {
    @Parameters(paramLabel = "JOB", description = IdResolver.DESCRIPTION)
    private String text = "";

    JobId in(Client client) {
        return IdResolver.job(client, text);
    }
}
