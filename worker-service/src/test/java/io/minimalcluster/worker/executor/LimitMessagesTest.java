package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.worker.Isolation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitMessagesTest {
    private static @Nullable String explained(Isolation isolation, String type, @Nullable String message) {
        TaskError error = new TaskError(ErrorKind.EXCEPTION, type, message, List.of(), 1);
        return new LimitMessages(PoolFixture.LIMITS, isolation).explain(error).message();
    }

    @ParameterizedTest
    @CsvSource({
        "java.net.UnknownHostException, example.org",
        "java.nio.channels.UnresolvedAddressException,",
        "java.net.ConnectException, Caused by: java.nio.channels.UnresolvedAddressException",
        "java.net.SocketException, Network is unreachable",
    })
    void missingNetworkIsNamedWhereTasksHaveNone(String type, @Nullable String message) {
        assertThat(explained(Isolation.BUBBLEWRAP, type, message)).contains("the option network");
        assertThat(explained(Isolation.PROCESS, type, message)).isEqualTo(message);
    }
}
