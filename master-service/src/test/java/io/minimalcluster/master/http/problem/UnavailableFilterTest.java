package io.minimalcluster.master.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Requests during a store outage: each is answered with 503, and the log has no stack trace. */
class UnavailableFilterTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    Path data;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private RunningMaster master;

    @BeforeEach
    void start() {
        master = RunningMaster.start(data);
        logged.start();
        ROOT.addAppender(logged);
    }

    @AfterEach
    void stop() {
        ROOT.detachAppender(logged);
        master.close();
    }

    private void expectNoStackTrace() {
        assertThat(logged.list)
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO)
                        && (event.getThrowableProxy() != null || event.getLevel() == Level.ERROR));
    }

    @Test
    void outageInAHandlerIsUnavailable() throws IOException {
        RawResponse response = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "outage")
                .send();
        response.isProblem(503, "unavailable");
        assertThat(response.header("Retry-After")).isEqualTo("2");
        expectNoStackTrace();
    }

    @Test
    void problemIsNotCacheableAsTheResponseThatFailed() throws IOException {
        RawResponse response = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "cached")
                .send();
        response.isProblem(503, "unavailable");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("ETag")).isEmpty();
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void outageDuringAuthenticationIsUnavailable() throws IOException {
        master.bean(Store.class).close();
        RawResponse response = master.call("GET", "/api/v1/environments")
                .header("Cookie", "mc_session=" + "0".repeat(64))
                .send();
        response.isProblem(503, "unavailable");
        assertThat(response.header("Retry-After")).isEqualTo("2");
        expectNoStackTrace();
    }

    @Test
    void outageAfterTheFirstByteTruncatesTheResponse() throws IOException {
        RawResponse response = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "outage-halfway")
                .send();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("x");
        expectNoStackTrace();
    }
}
