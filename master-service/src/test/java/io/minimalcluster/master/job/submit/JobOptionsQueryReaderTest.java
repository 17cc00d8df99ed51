package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.RequestParameters;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.MaxFailures;
import io.minimalcluster.model.job.RawJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOptionsQueryReaderTest {
    private static JobOptions options(String query) {
        RequestParameters parameters = RequestParameters.ofQuery(query);
        JobOptions options = new JobOptionsQueryReader(TestJson.STRICT).take(parameters);
        parameters.refuseRest();
        return options;
    }

    @Test
    void everyOptionIsAcceptedInItsNaturalSpelling() {
        JobOptions options = options("name=my%20job&labels.team=x&labels.run=7&priority=7&taskTimeoutSeconds=2.5"
                + "&deadlineSeconds=2m&maxAttempts=5&retryOn=java.io.IOException,a.B&maxFailures=10%25&batchSize=100"
                + "&copies=false&network=true&requires.gpu=true&reduce=sum&keepSeconds=500ms");

        assertThat(options)
                .isEqualTo(JobOptions.builder()
                        .name("my job")
                        .labels(Map.of("team", "x", "run", "7"))
                        .priority(7)
                        .taskTimeoutSeconds(2.5)
                        .deadlineSeconds(120.0)
                        .maxAttempts(5)
                        .retryOn(List.of("java.io.IOException", "a.B"))
                        .maxFailures(new MaxFailures(10, true))
                        .batchSize(100)
                        .copies(false)
                        .network(true)
                        .requires(Map.of("gpu", "true"))
                        .reduce("sum")
                        .keepSeconds(0.5)
                        .build());
        assertThat(options("retryOn=a.B&retryOn=c.D").retryOn()).containsExactly("a.B", "c.D");
        assertThat(options("maxFailures=3").maxFailures()).isEqualTo(new MaxFailures(3, false));
        assertThat(options("")).isEqualTo(JobOptions.DEFAULTS);
    }

    @Test
    void sharedValueIsKeptAsWritten() {
        String deepest = "[".repeat(400) + "]".repeat(400);
        assertThat(options("shared=[1e400,%200.12345678901234567890]").shared())
                .isEqualTo(new RawJson("[1e400, 0.12345678901234567890]"));
        assertThat(options("shared=null").shared()).isEqualTo(new RawJson("null"));
        assertThat(options("shared=" + deepest).shared()).isEqualTo(new RawJson(deepest));
        assertThatExceptionOfType(InvalidOption.class)
                .isThrownBy(() -> options("shared=[" + deepest + "]"))
                .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("shared"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shared=1%202|shared",
                "shared={|shared",
                "prio=7|prio",
                "priority=high|priority",
                "priority=7&priority=8|priority",
                "priority=1.0|priority",
                "labels=x|labels",
                "label.team=x|label.team",
                "taskTimeoutSeconds=long|taskTimeoutSeconds",
                "taskTimeoutSeconds=-1|taskTimeoutSeconds",
                "copies=yes|copies",
                "copies|copies"
            })
    void unknownOrMalformedOptionIsRejected(String query, String field) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> options(query))
                .satisfies(rejected -> assertThat(rejected.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=10|priority",
                "maxAttempts=0|maxAttempts",
                "batchSize=0|batchSize",
                "maxFailures=many|maxFailures",
                "maxFailures=101%25|maxFailures",
                "maxFailures=1.5|maxFailures",
                "deadlineSeconds=0|deadlineSeconds",
                "keepSeconds=100000d|keepSeconds",
                "retryOn=|retryOn",
                "retryOn=a..B|retryOn",
                "labels.=x|labels",
                "requires.=x|requires"
            })
    void optionOutOfBoundsIsRejected(String query, String field) {
        assertThatExceptionOfType(InvalidOption.class)
                .isThrownBy(() -> options(query))
                .satisfies(rejected -> assertThat(rejected.field()).isEqualTo(field));
    }
}
