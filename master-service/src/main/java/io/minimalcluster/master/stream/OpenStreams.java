package io.minimalcluster.master.stream;

import io.minimalcluster.master.job.Follower;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.problem.MasterException.TooManyRequests;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Answers that go on for as long as a job does; there is room for so many. */
@Component
public class OpenStreams {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobWatch watch;
    private final StreamSettings settings;
    private final Semaphore room;

    OpenStreams(JobWatch watch, StreamSettings settings) {
        this.watch = watch;
        this.settings = settings;
        this.room = new Semaphore(settings.most());
    }

    /** Runs the stream with news of the job, until it ends by itself. */
    public void run(long job, Stream stream) throws IOException {
        if (!room.tryAcquire()) {
            throw new TooManyRequests("There are " + settings.most() + " open streams already.", RETRY_AFTER);
        }
        try (Follower news = watch.follow(job)) {
            if (news.isClosing()) {
                throw new Unavailable("The master is going down.", RETRY_AFTER);
            }
            stream.run(news, settings.keepAlive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.release();
        }
    }

    /** Writes for as long as there is something to write. */
    public interface Stream {
        void run(Follower news, Duration keepAlive) throws IOException, InterruptedException;
    }
}
