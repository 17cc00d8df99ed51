package io.minimalcluster.master.security;

import io.minimalcluster.master.error.MasterException.Unauthenticated;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Long-running requests, such as event streams. Ends each soon after its credential becomes invalid. */
public class LongRunningRequests implements MaintenanceTask {
    private final Predicate<Credential> isValid;
    private final Map<OpenCall, Credential> open = new ConcurrentHashMap<>();

    /** @param isValid whether a credential is still valid */
    public LongRunningRequests(Predicate<Credential> isValid) {
        this.isValid = isValid;
    }

    /**
     * Registers the current request until the returned object is closed.
     *
     * @param end ends the request; runs on another thread
     */
    public OpenCall begin(Runnable end) {
        OpenCall call = new OpenCall(end);
        CurrentCaller.credential().ifPresent(credential -> open.put(call, credential));
        return call;
    }

    /**
     * Revalidates the credential of the current request.
     *
     * @throws Unauthenticated if the credential is no longer valid
     */
    public void check() {
        Optional<Credential> credential = CurrentCaller.credential();
        if (credential.isPresent() && !isValid.test(credential.get())) {
            throw new Unauthenticated();
        }
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    /** Checks each distinct credential once. */
    @Override
    public void tick() {
        Set<Credential> revoked =
                Set.copyOf(open.values()).stream().filter(isValid.negate()).collect(Collectors.toSet());
        open.forEach((call, credential) -> {
            if (revoked.contains(credential)) {
                call.end.run();
            }
        });
    }

    /** A registered request. */
    public final class OpenCall implements AutoCloseable {
        private final Runnable end;

        private OpenCall(Runnable end) {
            this.end = end;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }
}
