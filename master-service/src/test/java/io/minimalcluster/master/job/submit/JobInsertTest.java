package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.TaskRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The row of a new job is built without a query, and has to be the one in the store. */
class JobInsertTest {
    private static final long NOW = 1_700_000_000_123L;
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env-1");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        new TestJobs(store, InstantSource.fixed(Instant.ofEpochMilli(NOW))); // adds the environment
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void assertRowIsStored(String name, JobOptions options, long total, @Nullable TaskRange range) {
        JobInsert insert = new JobInsert(
                new JobId("job-" + name),
                "owner",
                new TargetResolver.Target(name, ENVIRONMENT, TestJobs.SQUARE, options.reduce()),
                options,
                JsonMapper.shared().writeValueAsString(options.withoutShared()),
                null,
                total,
                range,
                NOW,
                100);
        store.writeAndWait(sql -> {
            long seq = insert.insert(sql, null, () -> {});
            JobRow stored = Jobs.bySeq(sql, seq).orElseThrow();
            assertThat(insert.row(seq)).isEqualTo(stored);
            return seq;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"n\",\"priority\":7,\"taskTimeoutSeconds\":2.5,\"maxAttempts\":3}",
                "{\"network\":true,\"requires\":{\"gpu\":\"yes\",\"zone\":\"a\"}}",
                "{\"copies\":false,\"deadlineSeconds\":60,\"keepSeconds\":90}",
                "{\"reduce\":\"sum\"}"
            })
    void rowOfAListIsTheStoredRow(String json) {
        assertRowIsStored("list", JsonMapper.shared().readValue(json, JobOptions.class), 5, null);
    }

    @Test
    void rowOfARangeIsTheStoredRow() {
        assertRowIsStored("range", JobOptions.DEFAULTS, 5, new TaskRange(10, 25, 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reduce\":\"sum\"}", "{\"reduce\":\"min\"}"})
    void rowOfAJobWithoutTasksIsTheStoredRow(String json) {
        assertRowIsStored("empty", JsonMapper.shared().readValue(json, JobOptions.class), 0, null);
    }
}
