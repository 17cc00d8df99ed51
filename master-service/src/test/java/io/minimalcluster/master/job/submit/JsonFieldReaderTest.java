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

/** An option of the wrong type is named, with what it should be, in our own words. */
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
                "{'unheard':7} | options.unheard | There is no field 'unheard' here.",
            })
    void messageNamesTheExpectedType(String json, String field, String detail) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        Malformed refused = catchThrowableOfType(
                Malformed.class,
                () -> new JsonFieldReader(TestJson.STRICT).read("options", JsonScanner.of(bytes), JobOptions.class));

        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(refused.field()).isEqualTo(field);
    }
}
