package io.minimalcluster.task.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.minimalcluster.task.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerMutationTest {
    private static final int SAMPLES = 40_000;
    private static final List<String> VALID = List.of(
            "[1,-2.5e+10,\"a\\u00e9\\n\",[],{},[null,true,false],{\"a\":{\"b\":[\"\\ud83d\\ude00\"]}}]",
            "[[[[[[[[1]]]]]]],\"äöü😀\",0.1,1E400]",
            "[ {\"x\" : 1 , \"y\" : \"\\\\\" } ,\t\"\"\n]");

    private final ObjectMapper jackson = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The scanner accepts JSON only, and reports other input by its own exceptions. */
    @Test
    void acceptsOnlyJsonAndFailsOnlyByItsOwnExceptions() throws IOException {
        long seed = 20_261_129;
        Mutations mutations = new Mutations(seed);
        int accepted = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            byte[] bytes = mutations.of(VALID.get(sample % VALID.size()).getBytes(UTF_8));
            boolean isAccepted = isAccepted(
                    sample % 2 == 0 ? JsonScanner.of(bytes) : JsonScanner.of(new ByteArrayInputStream(bytes), 1 << 16));
            accepted += isAccepted ? 1 : 0;
            if (isAccepted && !isJson(bytes)) {
                fail("seed %d, sample %d is no JSON: %s", seed, sample, new String(bytes, UTF_8));
            }
        }
        assertThat(accepted).isBetween(100, SAMPLES - 100);
    }

    private static boolean isAccepted(JsonScanner scanner) throws IOException {
        try {
            scanner.enterArray();
            while (scanner.nextElement()) {
                scanner.value();
                assertThat(scanner.end()).isGreaterThan(scanner.start());
            }
            scanner.finish();
            return true;
        } catch (JsonSyntaxException | JsonTooLargeException _) {
            return false;
        }
    }

    private boolean isJson(byte[] bytes) {
        try {
            return jackson.readTree(bytes).isArray();
        } catch (JacksonException e) {
            return false;
        }
    }
}
