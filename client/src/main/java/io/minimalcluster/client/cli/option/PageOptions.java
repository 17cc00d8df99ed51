package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Listing;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The paging options of the commands that print lists. */
public final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", description = "Maximum number of items, ${DEFAULT-VALUE} by default.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "The cursor that the previous page printed.")
    private @Nullable String after;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only ids, one a line.")
    private boolean quiet;

    public boolean idsOnly() {
        return quiet;
    }

    public Listing listing(Map<String, String> filters) {
        return new Listing(limit, after, filters);
    }
}
