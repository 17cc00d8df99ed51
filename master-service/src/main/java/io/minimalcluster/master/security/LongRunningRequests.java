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

/** Calls that stay open for long, each of which ends soon after what let it in opens nothing any more. */
public class LongRunningRequests {
    private static final Logger log = LoggerFactory.getLogger(LongRunningRequests.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Predicate<Credential> holds;
    private final Map<OpenCall, Credential> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("open-calls").daemon().factory());

    /** @param holds whether what let a call in still would */
    LongRunningRequests(Predicate<Credential> holds) {
        this.holds = holds;
    }

    /**
     * Notes that this call stays open, until what comes back is closed.
     *
     * @param end what ends it; run on another thread
     */
    public OpenCall begin(Runnable end) {
        OpenCall call = new OpenCall(end);
        CurrentCaller.credential().ifPresent(credential -> open.put(call, credential));
        return call;
    }

    /**
     * Asks again whether this call would be let in.
     *
     * @throws Unauthenticated if not
     */
    public void check() {
        Optional<Credential> credential = CurrentCaller.credential();
        if (credential.isPresent() && !holds.test(credential.get())) {
            throw new Unauthenticated();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::tick, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Each key is looked up once, however many calls it has let in. */
    void tick() {
        try {
            Set<Credential> revoked =
                    Set.copyOf(open.values()).stream().filter(holds.negate()).collect(Collectors.toSet());
            open.forEach((call, credential) -> {
                if (revoked.contains(credential)) {
                    call.end.run();
                }
            });
        } catch (Unavailable e) {
            log.debug("event=requests.check-postponed", e);
        } catch (RuntimeException | Error e) { // the next time may fare better, and there has to be one
            log.warn("event=requests.check-failed reason=\"{}\"", e.getMessage());
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }

    /** One of them. */
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
