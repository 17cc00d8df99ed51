package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes that access a table. Each of these tables has one owner; {@code DeleteJob} deletes rows of a job. */
class TableOwnersTest {
    private static final String SOURCES = "src/main/java";

    @ParameterizedTest(name = "{0}")
    @CsvSource({"argument_segment, ArgumentSegments.java", "result_segment, ResultSegments.java"})
    void onlyTheOwnerUsesTheTable(String table, String owner) throws IOException {
        assertThat(filesWith(Pattern.compile("\\b" + table + "\\b")))
                .containsExactlyInAnyOrder("DeleteJob.java", owner);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"job, JobProgress.java"})
    void onlyTheOwnerWritesTheTable(String table, String owner) throws IOException {
        Pattern writes = Pattern.compile("\\b(insert\\s+into|update|delete\\s+from)\\s+" + table + "\\b");
        assertThat(filesWith(writes)).containsExactly(owner);
    }

    private static List<String> filesWith(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(SOURCES))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
