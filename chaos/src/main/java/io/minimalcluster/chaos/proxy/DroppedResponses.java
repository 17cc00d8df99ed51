package io.minimalcluster.chaos.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers that are to be lost: of the next requests whose first line holds some words. */
final class DroppedResponses {
    /** Done when the answer came, and was lost. */
    record Loss(String words, CompletableFuture<Void> done) {}

    private final List<Loss> ordered = new ArrayList<>(); // guarded by this

    synchronized CompletableFuture<Void> order(String words) {
        Loss loss = new Loss(words, new CompletableFuture<>());
        ordered.add(loss);
        return loss.done();
    }

    /** What was ordered for this request, which is then no longer ordered for another. */
    synchronized Optional<Loss> take(String firstLine) {
        Optional<Loss> found = ordered.stream()
                .filter(loss -> firstLine.contains(loss.words()))
                .findFirst();
        found.ifPresent(ordered::remove);
        return found;
    }

    synchronized void forget() {
        ordered.forEach(loss -> loss.done().cancel(false));
        ordered.clear();
    }

    synchronized boolean isEmpty() {
        return ordered.isEmpty();
    }
}
