package io.minimalcluster.peers.spark;

import io.minimalcluster.benchmarks.peer.Peer;
import io.minimalcluster.benchmarks.peer.PeerDriver;
import io.minimalcluster.benchmarks.peer.PeerTask;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark with a standalone master in this process, and two executors of one core in processes of their own. */
final class SparkPeer implements Peer {
    private static final int EXECUTORS = 2;
    private static final long END_SECONDS = 10;

    private final JavaSparkContext context;

    private SparkPeer(JavaSparkContext context) {
        this.context = context;
    }

    public static void main(String[] args) throws IOException {
        PeerDriver.serve(args, SparkPeer::start);
    }

    private static Peer start() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Files.createDirectories(folder.resolve("jars")); // Spark looks for it in its home
        return new SparkPeer(new JavaSparkContext(new SparkConf(false)
                .setMaster("local-cluster[" + EXECUTORS + ",1,1024]") // cores, and MiB of memory
                .setAppName("bench")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + folder)
                .set("spark.local.dir", folder.toString())
                .set("spark.log.level", "ERROR")
                .set("spark.scheduler.minRegisteredResourcesRatio", "1")
                .set("spark.ui.enabled", "false")));
    }

    /** Makes each argument a partition, and so a task of Spark. */
    @Override
    public List<?> values(PeerTask task, List<? extends Serializable> arguments) {
        return context.parallelize(arguments, arguments.size())
                .map(argument -> task.run(argument))
                .collect();
    }

    /** Waits for the end of the executors first, because Spark replaces an executor that was killed. */
    @Override
    public void close() {
        List<ProcessHandle> executors = ProcessHandle.current().descendants().toList();
        context.close();
        for (ProcessHandle executor : executors) {
            executor.onExit()
                    .completeOnTimeout(executor, END_SECONDS, TimeUnit.SECONDS)
                    .join();
            executor.destroyForcibly();
        }
    }
}
