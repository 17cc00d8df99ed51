package io.minimalcluster.client.cli.command;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.cli.option.IdResolver;
import io.minimalcluster.client.cli.option.MasterOptions;
import io.minimalcluster.client.cli.option.UsageException;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = {
            "Delete ended jobs with their results, environments, or the name of a function.",
            "An environment is kept while a function or an unfinished job uses it."
        },
        customSynopsis = "./minimalcluster delete (JOB | ENV)... [--function NAME]",
        footer = "./minimalcluster delete last")
public final class DeleteCommand implements Runnable {
    private static final String ENVIRONMENT = "env-";

    private final MasterOptions master;
    private final Output output;

    @Parameters(
            arity = "0..*",
            paramLabel = "JOB|ENV",
            description = "Ids, or the beginning of one; an id of an environment begins with env-. 'last' is a job.")
    private List<String> ids = List.of();

    @Option(names = "--function", paramLabel = "NAME", description = "The registered name of a function.")
    private @Nullable String function;

    public DeleteCommand(MasterOptions master, Output output) {
        this.master = master;
        this.output = output;
    }

    @Override
    public void run() {
        if (ids.isEmpty() && function == null) {
            throw new UsageException("which job or environment? ./minimalcluster jobs lists jobs");
        }
        List<String> deleted = new ArrayList<>();
        try (Client client = master.client()) {
            Set<String> wanted = resolved(client); // first, because a deletion changes what 'last' is
            if (function != null) {
                client.deleteFunction(function);
                deleted.add(function);
            }
            for (String id : wanted) {
                delete(client, id);
                deleted.add(id);
            }
        } finally {
            deleted.forEach(each -> output.note("deleted " + each));
        }
        if (output.isJson()) {
            output.json(deleted);
        }
    }

    /** The whole ids, each once. */
    private Set<String> resolved(Client client) {
        Set<String> found = new LinkedHashSet<>();
        for (String id : ids) {
            found.add(
                    id.startsWith(ENVIRONMENT)
                            ? IdResolver.environment(client, id).value()
                            : IdResolver.job(client, id).value());
        }
        return found;
    }

    private static void delete(Client client, String id) {
        if (id.startsWith(ENVIRONMENT)) {
            client.delete(new EnvironmentId(id));
        } else {
            client.delete(new JobId(id));
        }
    }
}
