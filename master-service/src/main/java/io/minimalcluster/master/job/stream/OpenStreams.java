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

/** Answers that go on for as long as a job does; there is room for so many. */
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

    /** Runs the stream with news of the job, until it ends by itself or its owner's key opens nothing any more. */
    public void run(Caller owner, long job, Stream stream) throws IOException {
        streamLimit.take(owner.owner());
        try (JobSubscription news = subscriptions.follow(job);
                OpenCall _ = longRunning.begin(news::end)) {
            if (news.isClosing()) {
                throw new Unavailable("The master is going down.", RETRY_AFTER);
            }
            stream.run(news, settings.keepAlive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streamLimit.giveBack(owner.owner());
        }
    }

    /** Writes for as long as there is something to write. */
    public interface Stream {
        void run(JobSubscription news, Duration keepAlive) throws IOException, InterruptedException;
    }
}
