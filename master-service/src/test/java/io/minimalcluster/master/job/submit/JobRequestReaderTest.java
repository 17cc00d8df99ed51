package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.UnknownFunction;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.DeleteJob;
import io.minimalcluster.master.job.JobFilter;
import io.minimalcluster.master.job.JobView;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.task.json.JsonScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("store")
class JobRequestReaderTest {
    private static final ArgumentLimits LIMITS =
            new ArgumentLimits(ByteSize.valueOf("8m"), 1_000_000, ByteSize.valueOf("1m"), 10);
    private static final JsonMapper JSON = TestJson.STRICT;

    /** Arguments above the size that is held in memory, so they spill to the store. */
    private static final String LARGE = "[" + "\"x\",".repeat(500_000) + "\"x\"]";

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static TargetResolver.Target resolve(TargetResolver.Named named) {
        if (named.function() != null && (named.method() != null || named.environmentId() != null)) {
            throw Malformed.field("function", "not both");
        }
        if (named.function() == null && (named.method() == null || named.environmentId() == null)) {
            throw Malformed.field("function", "neither");
        }
        if (!"square".equals(named.function()) && !"square".equals(named.method())) {
            throw new UnknownFunction("?", List.of());
        }
        return new TargetResolver.Target(named.function(), new EnvironmentId("env-1"), TestJobs.SQUARE, null);
    }

    /** Reads a request as {@code POST /jobs} does, but stores no job. */
    private ArgumentUpload read(String body) throws IOException {
        try (SegmentSpool spool = new SegmentSpool(store, "me", TestIds.random().job())) {
            return read(body, spool);
        }
    }

    private static ArgumentUpload read(String body, SegmentSpool spool) throws IOException {
        ArgumentUpload arguments = new ArgumentUpload(new JsonFieldReader(JSON), LIMITS, spool);
        new JobRequestReader(JSON, LIMITS, JobRequestReaderTest::resolve, arguments)
                .read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(arguments.total()).isNotNegative();
        return arguments;
    }

    private long storedRows() {
        return store.read(sql -> sql.sql("select (select count(*) from job) + (select count(*) from argument_segment)")
                .query(Long.class)
                .single());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":\"square\",\"args\":[1,2,3]}",
                "{\"args\":[1,2,3],\"function\":\"square\"}",
                "{\"args\":[ 1 , 2\n,3 ],\"options\":{\"priority\":9},\"function\":\"square\"}",
                "{\"environmentId\":\"env-1\",\"args\":[1,2,3],\"method\":\"square\"}",
                "{\"args\":[1.0,2e0,30E-1],\"function\":\"square\"}",
                "{\"args\":{\"range\":{\"from\":0.0,\"to\":0.3e1,\"step\":1.0}},\"function\":\"square\"}",
                "{\"args\":{\"range\":{\"from\":0,\"to\":3}},\"function\":\"square\",\"options\":{}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":3,\"to\":0,\"step\":-1}}}"
            })
    void fieldsAreAcceptedInAnyOrder(String body) throws IOException {
        assertThat(read(body).total()).isEqualTo(3);
        assertThat(storedRows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":\"square\",\"args\":[]}",
                "{\"args\":{\"range\":{\"from\":5,\"to\":5}},\"function\":\"square\"}"
            })
    void jobWithoutTasksIsAccepted(String body) throws IOException {
        assertThat(read(body).total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"function\":\"square\",\"args\":[1,2",
                "{\"function\":\"square\",\"args\":[1,2]",
                "{\"function\":\"square\",\"args\":[1,2]}}",
                "{\"function\":\"square\",\"args\":[1,2]} {}",
                "{\"function\":\"square\",\"args\":[1,2],}",
                "{\"function\":\"square\",\"args\":[1,,2]}",
                "{\"function\":\"square\",\"args\":[1,2],\"args\":[3]}",
                "{\"function\":\"square\",\"function\":\"square\",\"args\":[1]}",
                "{\"function\":\"square\",\"args\":[1],\"arguments\":[1]}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"prio\":1}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":null}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":5,\"by\":1}}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":1.5}}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":1e999999999}}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":\"0\",\"to\":1}}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"to\":1}}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"shared\":1,\"sh\\u0061red\":1}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"priority\":1,\"priority\":2}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":9223372036854775808}}}",
                "{\"function\":null,\"args\":[1]}",
                "{\"function\":\"square\",\"args\":[1],\"method\":\"square\"}",
                "{\"args\":[1]}",
                "\uFEFF{\"function\":\"square\",\"args\":[1]}"
            })
    void invalidJobIsMalformed(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(Malformed.class);
        assertThat(storedRows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":\"square\"}",
                "{\"function\":\"square\",\"args\":null}",
                "{\"function\":\"square\",\"args\":7}",
                "{\"function\":\"square\",\"args\":\"1,2\"}",
                "{\"function\":\"square\",\"args\":{}}",
                "{\"function\":\"square\",\"args\":{\"range\":null}}",
                "{\"function\":\"square\",\"args\":[1,\"x\"]}",
                "{\"args\":[1,\"x\"],\"function\":\"square\"}",
                "{\"function\":\"square\",\"args\":[1,9223372036854775808]}",
                "{\"function\":\"square\",\"args\":[null]}"
            })
    void invalidArgumentsAreRejected(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidArguments.class);
        assertThat(storedRows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":5,\"step\":0}}}",
                "{\"function\":\"square\",\"args\":{\"range\":{\"from\":0,\"to\":1000001}}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"priority\":10}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"batchSize\":0}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"maxFailures\":-1}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"maxFailures\":\"101%\"}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"deadlineSeconds\":0}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"keepSeconds\":1e9}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"retryOn\":[\"no class\"]}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"labels\":{\"\":\"x\"}}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"reduce\":\" \"}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"maxAttempts\":0}}",
                "{\"function\":\"square\",\"args\":[1],\"options\":{\"taskTimeoutSeconds\":-1}}"
            })
    void optionOutOfBoundsIsRejected(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidOption.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"args\":%s,\"function\":\"square\"}", // invalid arguments, detected after the function is resolved
                "{\"args\":%s,\"function\":\"no such\"}",
                "{\"args\":%s}",
                "{\"args\":%s,\"function\":\"square\"",
                "{\"args\":%s,\"function\":\"square\",\"x\":1}",
                "{\"args\":%s,\"args\":[]}",
            })
    void failureAtTheEndOfALargeUploadDeletesItsRows(String body) {
        assertThatThrownBy(() -> read(body.formatted(LARGE))).isInstanceOf(MasterException.class);
        assertThat(storedRows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"args\":[1,%s],\"function\":\"square\"}", "{\"function\":\"square\",\"args\":[1,%s]}"})
    void argumentOfTooManyLevelsIsInvalid(String body) {
        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> read(body.formatted(nested(401))))
                .satisfies(rejected -> {
                    assertThat(rejected.index()).isEqualTo(1);
                    assertThat(rejected.expected()).isEqualTo("at most 400 levels");
                });
        assertThatThrownBy(() -> read(body.formatted(nested(100_000)))).isInstanceOf(InvalidArguments.class);
    }

    @Test
    void sharedValueHasTheLimitsOfAnArgument() throws IOException {
        String shared = "[" + nested(399) + ",1e400,0.12345678901234567890, " + "9".repeat(100_000) + "]";
        JobOptions options = options("{\"priority\":7,\"sh\\u0061red\":" + shared + ",\"copies\":false}");

        assertThat(options)
                .isEqualTo(JobOptions.builder()
                        .priority(7)
                        .copies(false)
                        .shared(new RawJson(shared))
                        .build());
        assertThat(options("{\"shared\":null}").shared()).isEqualTo(new RawJson("null"));
        assertThat(options("{}")).isEqualTo(JobOptions.DEFAULTS);
        assertThatExceptionOfType(InvalidOption.class)
                .isThrownBy(() -> options("{\"shared\":" + nested(401) + "}"))
                .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("shared"));
    }

    private static JobOptions options(String json) throws IOException {
        return new JsonFieldReader(JSON).readOptions(JsonScanner.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void argumentLimitsAreEnforced() {
        String argument = "\"" + "x".repeat(1024 * 1024) + "\"";
        assertThatThrownBy(() -> read("{\"args\":[" + argument + "]}")).isInstanceOf(PayloadTooLarge.class);
        String half = "\"" + "x".repeat(512 * 1024) + "\"";
        String longJob = "{\"args\":[" + (half + ",").repeat(17) + half + "]}";
        assertThatThrownBy(() -> read(longJob)).isInstanceOf(PayloadTooLarge.class);
        String manyTasks = "{\"args\":[" + "1,".repeat(1_000_000) + "1]}";
        assertThatThrownBy(() -> read(manyTasks)).isInstanceOf(InvalidOption.class);
        assertThat(storedRows()).isZero();
    }

    @Test
    void jobIsInvisibleDuringItsUpload() throws IOException {
        Jobs jobs = new Jobs(store, new JobView(store, InstantSource.system(), JSON));
        try (SegmentSpool spool = new SegmentSpool(store, "me", TestIds.random().job())) {
            read("{\"args\":" + LARGE.replace("\"x\"", "12") + ",\"function\":\"square\"}", spool);
            assertThat(storedRows()).as("segments in the store").isPositive();
            List<String> states = store.read(sql -> sql.sql("select distinct state from job")
                    .query(String.class)
                    .list());
            assertThat(states).containsExactly("RECEIVING");
            assertThat(jobs.list(TestJobs.CALLER, PageRequest.of(null, null), JobFilter.of(null, null))
                            .items())
                    .isEmpty();
            List<Long> indexes = new ArrayList<>();
            spool.forEach(segment -> indexes.addAll(ends(segment)));
            assertThat(indexes).isSorted().doesNotHaveDuplicates().endsWith(500_001L);
        }
        assertThat(storedRows()).isZero();
    }

    private static List<Long> ends(Segment segment) {
        return List.of(segment.end());
    }

    @Test
    void largeJobIsDeletedCompletely() {
        TestJobs jobs = new TestJobs(store, InstantSource.system());
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            segments.add(new Segment(i, 1, new byte[] {'1'}, new byte[] {1}));
        }
        long job = jobs.add(segments);
        jobs.cancel(job);
        jobs.delete(job);
        boolean exists = store.read(sql -> Jobs.bySeq(sql, job).isPresent());
        assertThat(exists).as("job exists after its deletion").isFalse();
        DeleteJob.removeRows(store, job);
        assertThat(storedRows()).isZero();
    }
}
