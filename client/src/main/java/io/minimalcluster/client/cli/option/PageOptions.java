package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Listing;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list is shown. */
public final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", description = "The most items, ${DEFAULT-VALUE} by default.")
    private int limit = 50;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Go on where a page before said that there is more.")
    private @Nullable String after;

    public Listing listing(Map<String, String> filters) {
        return new Listing(limit, after, filters);
    }
}
