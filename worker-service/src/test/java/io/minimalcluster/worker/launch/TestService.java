package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts one child from a jar, which leaves a daemon, and prints its process id. */
final class TestService {
    private TestService() {}

    public static void main(String[] args) throws Exception {
        Launcher launcher = Launcher.open(SupportedIsolationLevels.only(Isolation.valueOf(args[0])));
        TestChildProcess child = TestChildProcess.start(launcher, Path.of(args[1]), false);
        child.ask("orphan " + args[2]);
        System.out.println(child.jvm().pid());
        new CountDownLatch(1).await();
    }
}
