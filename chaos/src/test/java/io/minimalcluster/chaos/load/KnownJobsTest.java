package io.minimalcluster.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KnownJobsTest {
    private final KnownJobs jobs = new KnownJobs();
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void deletedJobIsNotReturned() {
        jobs.accepted("gone");
        jobs.ended("gone");
        jobs.accepted("kept");

        jobs.remove("gone");

        assertThat(jobs.anyEnded(random)).isEmpty();
        for (int draw = 0; draw < 50; draw++) {
            assertThat(jobs.any(random)).contains("kept");
        }
    }

    @Test
    void deletedJobStaysDeletedAfterALateResponse() {
        jobs.accepted("gone");
        jobs.remove("gone");

        jobs.accepted("gone"); // the response to a repeated post
        jobs.ended("gone");

        assertThat(jobs.any(random)).isEmpty();
        assertThat(jobs.anyEnded(random)).isEmpty();
        assertThat(jobs.open()).isZero();
    }
}
