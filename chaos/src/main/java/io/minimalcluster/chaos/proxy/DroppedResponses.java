package io.minimalcluster.chaos.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The responses to drop, selected by a text in the first line of the request. */
final class DroppedResponses {
    /**
     * A response to drop.
     *
     * @param done completed when the response was dropped
     */
    record Loss(String requestText, CompletableFuture<Void> done) {}

    private final List<Loss> pending = new ArrayList<>(); // guarded by this

    synchronized CompletableFuture<Void> add(String requestText) {
        Loss loss = new Loss(requestText, new CompletableFuture<>());
        pending.add(loss);
        return loss.done();
    }

    /** Removes and returns the first pending drop that matches a request. */
    synchronized Optional<Loss> take(String firstLine) {
        Optional<Loss> found = pending.stream()
                .filter(loss -> firstLine.contains(loss.requestText()))
                .findFirst();
        found.ifPresent(pending::remove);
        return found;
    }

    synchronized void cancelAll() {
        pending.forEach(loss -> loss.done().cancel(false));
        pending.clear();
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }
}
