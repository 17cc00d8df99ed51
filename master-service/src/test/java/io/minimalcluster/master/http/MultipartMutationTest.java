package io.minimalcluster.master.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class MultipartMutationTest {
    private static final int SAMPLES = 20_000;
    private static final String VALID = """
            --cut
            Content-Disposition: form-data; name="source"; filename="com/lib/Main.java"
            Content-Type: text/plain; charset=utf-8

            class Main {}
            --cut
            Content-Disposition: form-data; name="function"

            square
            --cut--
            """.replace("\n", "\r\n");
    private static final List<String> WORDS = List.of(
            "\r\n", "--cut", "--cut--", "\0", "\"", ";", "filename*=utf-8''%ff", ": ", "\r\n\r\n", "x".repeat(5_000));

    private static String mutated(SplittableRandom random) {
        StringBuilder body = new StringBuilder(VALID);
        for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
            int at = random.nextInt(body.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> body.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                case 1 -> body.delete(at, Math.min(body.length(), at + random.nextInt(1, 20)));
                default -> body.insert(at, (char) random.nextInt(256));
            }
        }
        return body.toString();
    }

    @Test
    void damagedFormsAreReadOrRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(20_261_129);
        int refused = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            String body = mutated(random);
            try {
                MultipartReader form = form(body.getBytes(ISO_8859_1));
                for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
                    assertThat(part.get().fileName()).isNotNull();
                    assertThat(part.get().text(1_000)).hasSizeLessThanOrEqualTo(1_000);
                }
            } catch (MasterException _) {
                refused++;
            }
        }
        assertThat(refused).isBetween(SAMPLES / 10, SAMPLES - 1);
    }

    private static MultipartReader form(byte[] body) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContentType("multipart/form-data; boundary=cut");
        request.setContent(body);
        return MultipartReader.of(
                new BoundedRequest(
                        request,
                        100_000,
                        new BodyRate(1, System::nanoTime),
                        false,
                        new RequestMemoryBudget(1_000_000, Duration.ZERO).share("me", 100_000, false)),
                9);
    }
}
