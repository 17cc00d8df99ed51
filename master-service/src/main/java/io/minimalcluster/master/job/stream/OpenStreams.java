package io.minimalcluster.master.job.stream;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.notify.JobSubscription;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.master.security.LongRunningRequests.OpenCall;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Runs streaming responses that last as long as a job, up to a limit. */
@Component
public class OpenStreams {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;
    private final StreamSettings settings;
    private final StreamLimit streamLimit;

    OpenStreams(JobSubscriptions subscriptions, LongRunningRequests longRunning, StreamSettings settings) {
        this.subscriptions = subscriptions;
        this.longRunning = longRunning;
        this.settings = settings;
        this.streamLimit = new StreamLimit(settings);
    }

    /**
     * Runs a stream subscribed to a job, until the stream returns or the owner's key is revoked.
     *
     * @throws io.minimalcluster.master.error.MasterException.TooManyRequests if too many streams are open
     * @throws Unavailable if the master shuts down
     */
    public void run(Caller owner, long job, Stream stream) throws IOException {
        streamLimit.acquire(owner.owner());
        try (JobSubscription subscription = subscriptions.follow(job);
                OpenCall _ = longRunning.begin(subscription::end)) {
            if (subscription.isClosing()) {
                throw new Unavailable("The master is shutting down.", RETRY_AFTER);
            }
            stream.run(subscription, settings.keepAlive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streamLimit.release(owner.owner());
        }
    }

    /** Writes a streaming response. */
    public interface Stream {
        void run(JobSubscription subscription, Duration keepAlive) throws IOException, InterruptedException;
    }
}
