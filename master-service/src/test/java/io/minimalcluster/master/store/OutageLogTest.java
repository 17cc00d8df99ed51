package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.store.configuration.StatementFaults;
import io.minimalcluster.master.store.configuration.TestStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Logging of store outages: one line for the start and one for the end of each outage. */
class OutageLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.minimalcluster.master.store");

    @TempDir
    Path folder;

    private final StatementFaults faults = new StatementFaults();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Store store;

    @BeforeEach
    void open() {
        store = TestStore.nonDurableIn(folder, faults);
        logged.start();
        LOGGER.addAppender(logged);
    }

    @AfterEach
    void close() {
        LOGGER.detachAppender(logged);
        store.close();
    }

    private void write() {
        store.writeAndWait(sql -> sql.sql("delete from audit").update());
    }

    private void read() {
        store.read(sql ->
                sql.sql("select count(*) from audit").query(Integer.class).single());
    }

    private List<String> lines() {
        return logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void outageAndItsEndAreLoggedOnce() {
        faults.begin(1, StatementFaults.Kind.BEFORE, true);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(this::write).isInstanceOf(Unavailable.class);
            assertThatThrownBy(this::read).isInstanceOf(Unavailable.class);
        }
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("event=store.unavailable reason=")
                .contains("injected failure");

        faults.end();
        read();
        assertThat(lines()).as("after a read, writes may still fail").hasSize(1);
        write();
        write();

        assertThat(lines()).hasSize(2).last().asString().startsWith("event=store.available seconds=");
        assertThat(logged.list)
                .allSatisfy(event -> assertThat(
                                event.getLevel().isGreaterOrEqual(Level.INFO) && event.getThrowableProxy() != null)
                        .as("a stack trace with %s", event)
                        .isFalse());
    }

    @Test
    void invalidStatementIsNotLoggedAsAnOutage() {
        assertThatThrownBy(() -> store.writeAndWait(
                        sql -> sql.sql("insert into nowhere values (1)").update()))
                .isNotInstanceOf(Unavailable.class);
        assertThat(lines()).isEmpty();
    }
}
