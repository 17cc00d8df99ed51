package io.minimalcluster.master.security;

import io.minimalcluster.master.error.MasterException.Unauthenticated;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Long-running requests, such as event streams. Ends each soon after its credential becomes invalid. */
public class LongRunningRequests {
    private static final Logger log = LoggerFactory.getLogger(LongRunningRequests.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

    private final Predicate<Credential> isValid;
    private final Map<OpenCall, Credential> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("open-calls").daemon().factory());

    /** @param isValid whether a credential is still valid */
    LongRunningRequests(Predicate<Credential> isValid) {
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

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::tick, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Checks each distinct credential once. */
    void tick() {
        try {
            Set<Credential> revoked =
                    Set.copyOf(open.values()).stream().filter(isValid.negate()).collect(Collectors.toSet());
            open.forEach((call, credential) -> {
                if (revoked.contains(credential)) {
                    call.end.run();
                }
            });
        } catch (Unavailable e) {
            log.debug("event=requests.check-postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            log.warn("event=requests.check-failed reason=\"{}\"", e.getMessage());
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
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
