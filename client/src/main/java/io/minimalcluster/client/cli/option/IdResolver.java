package io.minimalcluster.client.cli.option;

import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an abbreviated id. {@code last} is the newest item. A prefix is searched in the newest {@value #SEARCHED}
 * items.
 */
public final class IdResolver<T> {
    public static final String DESCRIPTION = "An id, the beginning of one, or 'last'.";

    private static final String LAST = "last";
    /** Number of newest items whose owners are compared for {@code last}. */
    private static final int RECENT = 100;

    private static final int PAGE = 1000;
    private static final int SEARCHED = 10 * PAGE;
    /** Length of a full id. A text of this length is not searched for. */
    private static final int FULL_LENGTH = 28;

    private static final int MAX_LISTED = 10;

    private final String kind;
    private final Function<Listing, Page<T>> list;
    private final Function<T, String> id;
    private final Function<T, String> owner;

    private IdResolver(
            String kind, Function<Listing, Page<T>> list, Function<T, String> id, Function<T, String> owner) {
        this.kind = kind;
        this.list = list;
        this.id = id;
        this.owner = owner;
    }

    public static JobId job(Client client, String text) {
        return new JobId(
                new IdResolver<>("job", client::jobs, (Job job) -> job.id().value(), Job::createdBy).find(text));
    }

    /** Resolves a worker by its name, its id, or the beginning of its id. */
    public static WorkerId worker(Client client, String text) {
        List<WorkerId> named = client.workers(Listing.first(PAGE)).items().stream()
                .filter(worker -> worker.name().equals(text) && worker.state() != WorkerState.GONE)
                .map(WorkerView::id)
                .toList();
        return named.size() == 1
                ? named.getFirst()
                : new WorkerId(new IdResolver<>(
                                "worker",
                                client::workers,
                                (WorkerView worker) -> worker.id().value(),
                                _ -> "")
                        .find(text));
    }

    public static EnvironmentId environment(Client client, String text) {
        return new EnvironmentId(new IdResolver<>(
                        "environment",
                        client::environments,
                        (Environment environment) -> environment.id().value(),
                        Environment::createdBy)
                .find(text));
    }

    private String find(String text) {
        if (text.isBlank()) {
            throw new UsageException("the id of the " + kind + " is empty");
        }
        if (text.equals(LAST)) {
            return newest();
        }
        return text.length() >= FULL_LENGTH ? text : byPrefix(text);
    }

    /**
     * Finds the newest item. If the key shows items of several owners, the caller's own items are unknown, and this
     * fails.
     */
    private String newest() {
        List<T> newest = list.apply(Listing.first(RECENT)).items();
        if (newest.isEmpty()) {
            throw new UsageException("there is no " + kind + " yet");
        }
        List<String> owners = newest.stream().map(owner).distinct().sorted().toList();
        if (owners.size() > 1) {
            throw new UsageException("this key shows the " + kind + "s of several owners (" + String.join(", ", owners)
                    + "), so 'last' is not clear: give the id, or the beginning of it");
        }
        return id.apply(newest.getFirst());
    }

    private String byPrefix(String text) {
        List<String> found = new ArrayList<>();
        int searched = 0;
        @Nullable String after = null;
        do {
            Page<T> page = list.apply(new Listing(PAGE, after, Map.of()));
            page.items().stream().map(id).filter(each -> each.startsWith(text)).forEach(found::add);
            searched += page.items().size();
            after = page.next();
        } while (after != null && searched < SEARCHED);
        if (found.contains(text) || found.isEmpty()) {
            return text; // the master reports an unknown id
        }
        if (found.size() > 1) {
            throw new UsageException(
                    text + " is the beginning of " + found.size() + " " + kind + "s:\n" + listed(found));
        }
        return found.getFirst();
    }

    private static String listed(List<String> found) {
        String ids = found.stream().limit(MAX_LISTED).map(each -> "  " + each).collect(Collectors.joining("\n"));
        return found.size() > MAX_LISTED ? ids + "\n  and " + (found.size() - MAX_LISTED) + " more" : ids;
    }
}
