package io.minimalcluster.master.http.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletResponse;

class ResponseBufferTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @SuppressWarnings("NullAway.Init") // each test begins with it
    private ResponseBuffer buffer;

    /** Enters a buffer in which the responses of an owner may hold a twentieth of the heap in memory. */
    private void begin(long heap) {
        buffer = new ResponseBuffer(new ResponseMemory(folder.resolve("responses"), heap, () -> false), response, "a");
        buffer.enter();
    }

    @AfterEach
    void leave() {
        buffer.leave();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Number of open files in the folder. They are deleted when they are opened. */
    private long files() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::isInFolder).count();
        }
    }

    private boolean isInFolder(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(folder);
        } catch (IOException _) {
            return false; // closed meanwhile
        }
    }

    private int sent() {
        return response.getContentAsByteArray().length;
    }

    @Test
    void responseIsSentWhenItsHandlerHasReturned() throws IOException {
        begin(100L * MEBIBYTE);
        byte[] bytes = random(3 * MEBIBYTE);

        buffer.write(bytes);
        buffer.flush();
        assertThat(sent()).isZero();
        buffer.finish();

        assertThat(response.getContentAsByteArray()).isEqualTo(bytes);
        assertThat(files()).isZero();
    }

    @Test
    void responseAboveTheMemoryBudgetIsKeptInAFile() throws IOException {
        begin(20L * MEBIBYTE);
        byte[] bytes = random(3 * MEBIBYTE + 17);

        buffer.write(bytes);
        assertThat(files()).isOne();
        buffer.finish();

        assertThat(response.getContentAsByteArray()).isEqualTo(bytes);
        buffer.leave();
        assertThat(files()).isZero();
    }

    @Test
    void partIsSentAfterItsBuilderHasReturned() throws IOException {
        begin(100L * MEBIBYTE);
        ResponseBuffer.stream();
        byte[] bytes = random(2 * MEBIBYTE);

        int sentWhileBuilding = ResponseBuffer.part(() -> {
            buffer.write(bytes);
            buffer.flush();
            return sent();
        });

        assertThat(sentWhileBuilding).isZero();
        assertThat(sent()).isGreaterThan(MEBIBYTE);
        buffer.finish();
        assertThat(response.getContentAsByteArray()).isEqualTo(bytes);
    }

    @Test
    void partIsFullBeforeItIsLong() throws IOException {
        begin(100L * MEBIBYTE);
        ResponseBuffer.stream();

        int written = ResponseBuffer.part(() -> {
            int count = 0;
            while (!ResponseBuffer.isFull()) {
                buffer.write(count++);
            }
            return count;
        });

        assertThat(written).isBetween(MEBIBYTE / 8, MEBIBYTE);
    }

    @Test
    void longStreamOutsideOfPartsIsSentAsItIsWritten() throws IOException {
        begin(20L * MEBIBYTE);
        ResponseBuffer.stream();

        buffer.write(random(5 * MEBIBYTE));

        assertThat(sent()).isGreaterThan(4 * MEBIBYTE);
        assertThat(files()).isZero();
    }

    @Test
    void clearedResponseReleasesItsMemoryAndItsFile() throws IOException {
        begin(20L * MEBIBYTE);
        for (int i = 0; i < 3; i++) {
            buffer.write(random(3 * MEBIBYTE));
            buffer.reset();
            assertThat(files()).isZero();
        }
        buffer.write(7);
        buffer.finish();

        assertThat(response.getContentAsByteArray()).containsExactly(7);
    }

    @Test
    void responsesOfOneOwnerThatExceedTheSpaceForFilesAreRefused() throws IOException {
        begin(MEBIBYTE);
        ResponseMemory memory = new ResponseMemory(folder.resolve("others"), MEBIBYTE, () -> false);
        memory.takeFile("a", 512 * MEBIBYTE);
        try (OutputStream other = new ResponseBuffer(memory, response, "a")) {
            assertThatThrownBy(() -> other.write(random(MEBIBYTE))).isInstanceOf(Unavailable.class);
        }
        memory.takeFile("b", MEBIBYTE);
    }

    @Test
    void textInTheWriterIsSentAtTheEndUnlessItIsDropped() throws IOException {
        begin(MEBIBYTE);
        PrintWriter writer = buffer.writer(UTF_8);
        writer.write("dropped");
        buffer.reset();
        writer.write("sent");

        buffer.finish();

        assertThat(response.getContentAsString()).isEqualTo("sent");
    }

    @Test
    void responsesLeaveTheLastSpaceOfTheDiskToTheStore() throws IOException {
        begin(MEBIBYTE);
        ResponseMemory memory = new ResponseMemory(folder.resolve("others"), MEBIBYTE, () -> true);
        try (OutputStream other = new ResponseBuffer(memory, response, "a")) {
            assertThatThrownBy(() -> other.write(random(MEBIBYTE))).isInstanceOf(Unavailable.class);
        }
        assertThat(files()).isZero();
    }

    @Test
    void memoryOfTheRequestIsReleasedEarly() {
        begin(MEBIBYTE);
        AtomicInteger released = new AtomicInteger();
        ResponseBuffer.onStream(released::incrementAndGet);

        ResponseBuffer.releaseRequest();

        assertThat(released).hasValue(1);
    }

    @Test
    void ownerBuildsAtMostHalfOfTheResponses() {
        begin(1L << 30);
        ResponseMemory memory = new ResponseMemory(folder, 512L * MEBIBYTE, () -> false);
        for (int i = 0; i < 4; i++) {
            memory.beginBuild("a");
        }

        memory.beginBuild("b");

        memory.endBuild("b");
    }
}
