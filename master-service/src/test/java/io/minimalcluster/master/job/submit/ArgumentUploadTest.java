package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("store")
class ArgumentUploadTest {
    private static final ArgumentLimits LIMITS =
            new ArgumentLimits(ByteSize.valueOf("8m"), 2_000_000, ByteSize.valueOf("1m"), 10);
    private static final Shape LIST = new Shape(Shape.Kind.ARRAY, false, null, null);
    private static final TargetFunction LENGTH =
            new TargetFunction("length", "Main", List.of(new Parameter("xs", "int[]", LIST)), "int", "length(int[])");

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

    private long lines(InputStream body) throws IOException {
        try (SegmentSpool spool = new SegmentSpool(store, "me", TestIds.random().job())) {
            ArgumentUpload arguments = new ArgumentUpload(new JsonFieldReader(TestJson.STRICT), LIMITS, spool);
            arguments.lines(body, TestJobs.SQUARE);
            arguments.check(TestJobs.SQUARE);
            return arguments.total();
        }
    }

    private long lines(String body) throws IOException {
        return lines(bytes(body));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> text(String args, TargetFunction function) {
        List<String> seen = new ArrayList<>();
        try (SegmentSpool spool = new SegmentSpool(store, "me", TestIds.random().job())) {
            ArgumentUpload arguments = new ArgumentUpload(new JsonFieldReader(TestJson.STRICT), LIMITS, spool);
            arguments.text(args);
            arguments.check(function);
            spool.forEach(segment -> {
                for (long i = segment.first(); i < segment.end(); i++) {
                    seen.add(new String(segment.value(i), StandardCharsets.UTF_8));
                }
            });
        }
        return seen;
    }

    /** A body whose client disconnects before the end. */
    private static final class TruncatedBody extends ByteArrayInputStream {
        TruncatedBody(String beginning) {
            super(beginning.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            int count = super.read(bytes, offset, length);
            if (count < 0) {
                throw new UncheckedIOException(new IOException("disconnected"));
            }
            return count;
        }
    }

    private long storedRows() {
        return store.read(sql -> sql.sql("select (select count(*) from job) + (select count(*) from argument_segment)")
                .query(Long.class)
                .single());
    }

    @Test
    void blankLinesAreNotCounted() throws IOException {
        assertThat(lines("1\r\n\n2\n \n3")).isEqualTo(3);
        assertThat(lines("")).isZero();
    }

    @Test
    void problemNamesIndexAndLineOfTheFirstInvalidArgument() {
        assertThatExceptionOfType(InvalidArguments.class)
                .isThrownBy(() -> lines("1\n\n2\n\"x\"\n"))
                .satisfies(rejected -> {
                    assertThat(rejected.index()).isEqualTo(2);
                    assertThat(rejected.line()).isEqualTo(4);
                });
    }

    @Test
    void malformedLineAfterManyDeletesTheUpload() {
        String body = "1234567\n".repeat(499_999) + "{\n" + "7\n".repeat(10);

        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> lines(body))
                .satisfies(rejected -> assertThat(rejected.line()).isEqualTo(500_000));
        assertThat(storedRows()).isZero();
    }

    @Test
    void disconnectDeletesTheUpload() {

        assertThatThrownBy(() -> lines(new TruncatedBody("1234567\n".repeat(500_000))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(storedRows()).isZero();
    }

    @Test
    void argumentLimitsAreEnforced() {
        assertThatThrownBy(() -> lines("\"" + "x".repeat(1024 * 1024) + "\"")).isInstanceOf(PayloadTooLarge.class);
        assertThatThrownBy(() -> lines("123456789\n".repeat(1_000_000))).isInstanceOf(PayloadTooLarge.class);
        assertThatThrownBy(() -> lines("1\n".repeat(2_000_001))).isInstanceOf(InvalidOption.class);
        assertThat(storedRows()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,2,3|1 2 3", " 1 , 2 |1 2", "[1,2,3]|1 2 3", " [ 1 ] |1", "''|''", "[]|''", "7|7"})
    void textHoldsValuesOrAnArrayOfValues(String args, String elements) {
        assertThat(String.join(" ", text(args, TestJobs.SQUARE))).isEqualTo(elements);
    }

    @Test
    void arrayTextIsOneArgumentOfAnArrayParameter() {
        assertThat(text("[1,2]", LENGTH)).containsExactly("[1,2]");
        assertThat(text("[1,2],[3]", LENGTH)).containsExactly("[1,2]", "[3]");
        assertThat(text("[[1,2],[3]]", LENGTH)).containsExactly("[[1,2],[3]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,|args", "a,b|args", "1]|args", "1],[2|args"})
    void textWithoutValidValuesIsRejected(String args, String field) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> text(args, TestJobs.SQUARE))
                .satisfies(rejected -> assertThat(rejected.field()).isEqualTo(field));
        assertThatThrownBy(() -> text("\"x\"", TestJobs.SQUARE)).isInstanceOf(MasterException.class);
    }
}
