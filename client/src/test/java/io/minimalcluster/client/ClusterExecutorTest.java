package io.minimalcluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.code.FunctionRefusedException;
import io.minimalcluster.client.function.SerializableCallable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an executor refuses before it sends anything. JavaClientIT runs callables. */
class ClusterExecutorTest {
    private final Cluster cluster = Cluster.connect(URI.create("http://localhost:1"), new Authkey("none"));
    private final ClusterExecutor executor = cluster.executor();

    @AfterEach
    void stop() {
        executor.close();
        cluster.close();
    }

    @Test
    void runnablesAreRejected() {
        assertThatThrownBy(() -> executor.submit(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void callablesThatCannotBeSentAreRefused() {
        Callable<Long> plain = () -> 1L;
        Object captured = new Object();
        SerializableCallable<Integer> capturing = captured::hashCode;

        assertThatThrownBy(() -> executor.submit(plain))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("declare it as a SerializableCallable");
        assertThatThrownBy(() -> executor.submit(capturing))
                .isInstanceOf(FunctionRefusedException.class)
                .hasMessageContaining("captures a java.lang.Object");
    }

    @Test
    void shutdownNowEndsInvokeAll() throws Exception {
        InetAddress local = InetAddress.getLoopbackAddress();
        SerializableCallable<Long> task = () -> 1L;
        try (ServerSocket silent = new ServerSocket(0, 1, local);
                Cluster waiting = Cluster.connect(
                        URI.create("http://" + local.getHostAddress() + ":" + silent.getLocalPort()),
                        new Authkey("none"))) {
            ClusterExecutor stopped = waiting.executor();
            FutureTask<List<Future<Long>>> all = new FutureTask<>(() -> stopped.invokeAll(List.of(task)));
            Thread.ofVirtual().start(all);
            try (Socket _ = silent.accept()) {
                stopped.shutdownNow();

                assertThat(all.get(20, TimeUnit.SECONDS)).hasSize(1).allMatch(Future::isCancelled);
            }
        }
    }

    @Test
    void shutdownEndsTheExecutorAndLeavesTheClusterOpen() throws InterruptedException {
        executor.shutdown();

        SerializableCallable<Long> task = () -> 1L;
        assertThatThrownBy(() -> executor.submit(task)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.invokeAll(List.of(task))).isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.client().isClosed()).isFalse();
    }
}
