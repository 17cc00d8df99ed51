package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.json.TestJson;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.task.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages for options of the wrong type: each names the field and the expected type, without Jackson's text. */
class JsonFieldReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'priority':'x'} | options.priority | The field 'options.priority' should be a number in the range of integer.",
                "{'priority':[]} | options.priority | The field 'options.priority' should be a number in the range of integer.",
                "{'copies':'maybe'} | options.copies | The field 'options.copies' should be true or false.",
                "{'retryOn':7} | options.retryOn | The field 'options.retryOn' should be an array.",
                "{'unknown':7} | options.unknown | There is no field 'unknown' here.",
            })
    void messageNamesTheExpectedType(String json, String field, String detail) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        Malformed rejected = catchThrowableOfType(
                Malformed.class,
                () -> new JsonFieldReader(TestJson.STRICT).read("options", JsonScanner.of(bytes), JobOptions.class));

        assertThat(rejected.detail()).isEqualTo(detail);
        assertThat(rejected.field()).isEqualTo(field);
    }
}
