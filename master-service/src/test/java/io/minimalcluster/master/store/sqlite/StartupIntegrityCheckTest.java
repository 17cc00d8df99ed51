package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.support.ByteSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Startup after a kill: the files of a running store are copied, damaged and opened. */
class StartupIntegrityCheckTest {
    private static final int NOTES = 60;
    private static final int NOTE_BYTES = 20_000;

    @TempDir
    Path running;

    @TempDir
    Path killed;

    private Store store;

    @BeforeEach
    void writeAndKill() throws IOException {
        store = TestStore.in(running, TestStore.settings(0));
        store.writeAndWait(sql ->
                sql.sql("create table note (id integer primary key, text blob)").update());
        Random random = new Random(7);
        for (int i = 1; i <= NOTES; i++) {
            byte[] text = new byte[NOTE_BYTES];
            random.nextBytes(text);
            int id = i;
            store.writeAndWait(sql -> sql.sql("insert into note values (:id, :text)")
                    .param("id", id)
                    .param("text", text)
                    .update());
        }
        copy("minimalcluster.db", "minimalcluster.db-wal", "minimalcluster.mark");
        assertThat(Files.size(wal())).isGreaterThan((long) NOTES * NOTE_BYTES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void copy(String... names) throws IOException {
        for (String name : names) {
            Files.copy(running.resolve(name), killed.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path wal() {
        return killed.resolve("minimalcluster.db-wal");
    }

    private Path db() {
        return killed.resolve("minimalcluster.db");
    }

    private List<Integer> notes(SqliteSettings settings) {
        try (Store opened = TestStore.in(killed, settings)) {
            return opened.read(sql -> sql.sql("select id from note order by id")
                    .query(Integer.class)
                    .list());
        }
    }

    private List<Integer> notes() {
        return notes(TestStore.settings(0));
    }

    @Test
    void killLosesNoCommit() {
        assertThat(notes()).hasSize(NOTES);
        assertThat(notes()).as("after a clean shutdown").hasSize(NOTES);
    }

    @Test
    void incompleteCommitAtTheEndOfTheWalIsAccepted() throws IOException {
        byte[] partialFrame = new byte[5000];
        Files.write(wal(), partialFrame, StandardOpenOption.APPEND);

        assertThat(notes()).hasSize(NOTES);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.00001, 0.1, 0.33, 0.5, 0.9, 0.999})
    void truncatedWalIsRejectedUnchanged(double part) throws IOException {
        try (FileChannel log = FileChannel.open(wal(), StandardOpenOption.WRITE)) {
            log.truncate((long) (log.size() * part));
        }

        assertRejectedUnchanged("lacks the last");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.1, 0.5, 0.95})
    void corruptWalIsRejectedUnchanged(double part) throws IOException {
        flip(wal(), (long) (Files.size(wal()) * part) + 20);

        assertRejectedUnchanged("lacks the last");
    }

    @Test
    void missingWalIsRejected() throws IOException {
        Files.delete(wal());

        assertThatThrownBy(this::notes).isInstanceOf(StartupException.class).hasMessageContaining("lacks the last");
    }

    @Test
    void acceptedLossOpensTheConsistentPrefix() throws IOException {
        try (FileChannel log = FileChannel.open(wal(), StandardOpenOption.WRITE)) {
            log.truncate(log.size() / 2);
        }
        assertThatThrownBy(() -> notes(TestStore.settings(1))).isInstanceOf(StartupException.class);
        long lost = lostCommits();

        List<Integer> left = notes(TestStore.settings(lost));

        assertThat(left).hasSize(NOTES - (int) lost).isSorted().startsWith(1);
        assertThat(left.getLast()).as("a prefix").isEqualTo(left.size());
        assertThat(notes()).as("an accepted loss needs no second acceptance").isEqualTo(left);
    }

    /** The number of lost commits in the message of the startup failure. */
    private long lostCommits() {
        try {
            notes();
        } catch (StartupException e) {
            return Long.parseLong(String.valueOf(e.getMessage()).replaceAll("(?s).*accept-lost-commits=", ""));
        }
        throw new AssertionError("not rejected");
    }

    @Test
    void olderCopyIsRejected() throws IOException {
        Path old = killed.resolve("old");
        store.copyInto(old);
        for (int i = 0; i < 5; i++) {
            int last = NOTES - i;
            store.writeAndWait(sql ->
                    sql.sql("delete from note where id = :id").param("id", last).update());
        }
        copy("minimalcluster.mark");
        Files.delete(wal());
        Files.move(old, db(), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::notes).isInstanceOf(StartupException.class).hasMessageContaining("lacks the last 5 ");
    }

    @Test
    void copyInAnotherFolderIsComplete() throws IOException {
        Files.delete(wal());
        Files.delete(killed.resolve("minimalcluster.mark"));
        Files.delete(db());
        store.copyInto(db());

        assertThat(notes()).hasSize(NOTES);
    }

    @Test
    void emptyFileIsRejectedAndItsWalKept() throws IOException {
        Files.write(db(), new byte[0]);
        assertRejectedUnchanged("lacks the last");

        Files.delete(killed.resolve("minimalcluster.mark"));
        assertRejectedUnchanged("there is a log, and no database");
    }

    @ParameterizedTest
    @CsvSource({"0.3, false", "0.7, false", "0.95, false", "0, true", "0.4, true"})
    void damagedFileIsRejected(double at, boolean isOverwritten) throws IOException {
        notes(); // a clean shutdown, so that all data is in the file and there is no WAL
        try (FileChannel file = FileChannel.open(db(), StandardOpenOption.WRITE)) {
            long position = (long) (file.size() * at);
            if (isOverwritten) {
                byte[] garbage = new byte[64 * 1024];
                new Random(3).nextBytes(garbage);
                file.write(java.nio.ByteBuffer.wrap(garbage), position);
            } else {
                file.truncate(position);
            }
        }

        assertRejectedUnchanged("is damaged");
    }

    @Test
    void checkEndsAfterItsTimeLimit() {
        assertThat(notes(new SqliteSettings(Duration.ZERO, 0, ByteSize.ofMebibytes(64))))
                .hasSize(NOTES);
    }

    private static void flip(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 1;
        Files.write(file, bytes);
    }

    private void assertRejectedUnchanged(String reason) throws IOException {
        byte[] log = Files.exists(wal()) ? Files.readAllBytes(wal()) : new byte[0];
        byte[] file = Files.readAllBytes(db());

        assertThatThrownBy(this::notes)
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("docs/operations.md");

        byte[] logAfter = Files.exists(wal()) ? Files.readAllBytes(wal()) : new byte[0];
        assertThat(Arrays.equals(log, logAfter)).as("the WAL is unchanged").isTrue();
        assertThat(Arrays.equals(file, Files.readAllBytes(db())))
                .as("the file is unchanged")
                .isTrue();
    }
}
