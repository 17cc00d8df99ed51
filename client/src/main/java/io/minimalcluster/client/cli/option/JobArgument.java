package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Client;
import io.minimalcluster.model.JobId;
import picocli.CommandLine.Parameters;

/** The argument of a command that identifies a job. */
public final class JobArgument {
    @Parameters(paramLabel = "JOB", description = IdResolver.DESCRIPTION)
    private String text = "";

    public JobId in(Client client) {
        return IdResolver.job(client, text);
    }
}
