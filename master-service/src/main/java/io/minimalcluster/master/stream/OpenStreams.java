package io.minimalcluster.master.stream;

import io.minimalcluster.master.job.Follower;
import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.OpenCalls;
import io.minimalcluster.master.security.OpenCalls.OpenCall;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Answers that go on for as long as a job does; there is room for so many. */
@Component
public class OpenStreams {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final JobWatch watch;
    private final OpenCalls calls;
    private final StreamSettings settings;
    private final StreamRoom room;

    OpenStreams(JobWatch watch, OpenCalls calls, StreamSettings settings) {
        this.watch = watch;
        this.calls = calls;
        this.settings = settings;
        this.room = new StreamRoom(settings);
    }

    /** Runs the stream with news of the job, until it ends by itself or its owner's key opens nothing any more. */
    public void run(Caller owner, long job, Stream stream) throws IOException {
        room.take(owner.owner());
        try (Follower news = watch.follow(job);
                OpenCall _ = calls.begin(news::end)) {
            if (news.isClosing()) {
                throw new Unavailable("The master is going down.", RETRY_AFTER);
            }
            stream.run(news, settings.keepAlive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            room.giveBack(owner.owner());
        }
    }

    /** Writes for as long as there is something to write. */
    public interface Stream {
        void run(Follower news, Duration keepAlive) throws IOException, InterruptedException;
    }
}
