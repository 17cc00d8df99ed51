package io.minimalcluster.master.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.BadFile;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class MultipartReaderTest {
    private static MultipartReader form(String body, int maxParts) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContentType("multipart/form-data; boundary=cut");
        request.setContent(body.replace("\n", "\r\n").getBytes(UTF_8));
        return MultipartReader.of(
                new BoundedRequest(
                        request,
                        100_000,
                        new BodyRate(1, System::nanoTime),
                        false,
                        new RequestMemoryBudget(1_000_000, Duration.ZERO).share("a", 100_000, false)),
                maxParts);
    }

    private static String file(String name, String fileName, String content) {
        return "--cut\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\nContent-Type: application/octet-stream\n\n" + content + "\n";
    }

    private static List<String> read(MultipartReader form) throws IOException {
        List<String> read = new ArrayList<>();
        for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
            FormPart next = part.get();
            read.add(next.name() + "|" + next.fileName().orElse("-") + "|" + next.text(100));
        }
        return read;
    }

    @Test
    void partsKeepOrderNamesAndPaths() throws IOException {
        String body = file("source", "com/äcme/Pi.java", "class Pi {}\n--cu")
                + "--cut\nContent-Disposition: form-data; name=\"function\"\n\nsquare\n--cut--\n";

        assertThat(read(form(body, 9)))
                .containsExactly("source|com/äcme/Pi.java|class Pi {}\r\n--cu", "function|-|square");
    }

    @Test
    void unreadPartIsSkipped() throws IOException {
        MultipartReader form = form(file("a", "a", "x".repeat(50_000)) + file("b", "b", "y") + "--cut--\n", 9);

        form.next();

        assertThat(form.next().orElseThrow().text(10)).isEqualTo("y");
        assertThat(form.next()).isEmpty();
    }

    /** Bytes before the first boundary belong to no part, so a body without a boundary has no parts. */
    @ParameterizedTest
    @ValueSource(strings = {"--cut--\n", "", "nothing of the kind", "--other\n\n"})
    void formWithoutPartsIsEmpty(String body) throws IOException {
        assertThat(read(form(body, 9))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cut\nContent-Disposition: form-data; name=\"a\"\n\nand then noth",
                "--cut\nContent-Disposition: form-da"
            })
    void invalidFormIsMalformed(String body) {
        assertThatThrownBy(() -> read(form(body, 9))).isInstanceOf(Malformed.class);
    }

    @Test
    void partHeadersAreBounded() {
        String body = file("a", "x".repeat(10_000), "") + "--cut--\n";
        assertThatThrownBy(() -> read(form(body, 9))).isInstanceOf(Malformed.class);
    }

    @Test
    void numberOfPartsIsBounded() {
        String body = file("a", "a", "1").repeat(4) + "--cut--\n";
        assertThatThrownBy(() -> read(form(body, 3))).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void textLengthIsBounded() {
        String body = file("a", "a", "x".repeat(101)) + "--cut--\n";
        assertThatThrownBy(() -> read(form(body, 3))).isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void bodyLengthIsBounded() {
        String body = file("a", "a", "x".repeat(200_000)) + "--cut--\n";
        assertThatThrownBy(() -> form(body, 3).next().orElseThrow().content().readAllBytes())
                .isInstanceOf(PayloadTooLarge.class);
    }

    @Test
    void textThatIsNotUtf8IsMalformed() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContentType("multipart/form-data; boundary=cut");
        request.setContent(
                (file("a", "a", "é") + "--cut--\n").replace("\n", "\r\n").getBytes(ISO_8859_1));
        MultipartReader form = MultipartReader.of(request, 3);

        assertThatThrownBy(() -> form.next().orElseThrow().text(9)).isInstanceOf(Malformed.class);
    }

    @Test
    void nulInAFileNameIsRejected() throws IOException {
        FormPart part =
                form(file("a", "A.java\0.jar", "") + "--cut--\n", 3).next().orElseThrow();

        assertThatThrownBy(part::fileName).isInstanceOf(BadFile.class);
    }
}
