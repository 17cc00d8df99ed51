package io.minimalcluster.benchmarks;

import io.minimalcluster.client.local.Installation;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Another system. Its driver is a process with the jars of that system, which are nowhere else. */
enum PeerSystem {
    /** With the packages that Hazelcast asks for in a warning, for its best performance. */
    HAZELCAST("Hazelcast", """
            java.base/java.lang java.base/jdk.internal.ref java.base/sun.nio.ch java.management/sun.management
            jdk.management/com.sun.management.internal"""),

    /** With the packages that {@code ignite.sh} opens. */
    IGNITE("Ignite", """
            java.base/java.io java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect
            java.base/java.math java.base/java.net java.base/java.nio java.base/java.text java.base/java.time
            java.base/java.util java.base/java.util.concurrent java.base/java.util.concurrent.atomic
            java.base/java.util.concurrent.locks java.base/jdk.internal.access java.base/jdk.internal.misc
            java.base/sun.nio.ch java.base/sun.reflect.generics.reflectiveObjects java.base/sun.util.calendar
            java.desktop/java.awt.font java.management/com.sun.jmx.mbeanserver java.management/sun.management
            java.sql/java.sql jdk.internal.jvmstat/sun.jvmstat.monitor
            jdk.management/com.sun.management.internal"""),

    /** With the packages that Spark opens in its executors ({@code JavaModuleOptions}). */
    SPARK("Spark", """
            java.base/java.io java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect
            java.base/java.net java.base/java.nio java.base/java.util java.base/java.util.concurrent
            java.base/java.util.concurrent.atomic java.base/jdk.internal.ref java.base/sun.nio.ch
            java.base/sun.nio.cs java.base/sun.util.calendar java.security.jgss/sun.security.krb5""");

    private final String label;
    private final String openPackages;

    PeerSystem(String label, String openPackages) {
        this.label = label;
        this.openPackages = openPackages;
    }

    String label() {
        return label;
    }

    /** The command of the driver. */
    List<String> command(Installation installation, Path folder) {
        Path jars = jars(installation);
        List<String> command = new ArrayList<>();
        command.add(installation.java().toString());
        Stream.of(openPackages.split("\\s+"))
                .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
                .forEach(command::add);
        command.addAll(List.of(
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                String.join(
                        File.pathSeparator,
                        installation
                                .home()
                                .resolve("benchmarks/target/minimalcluster-benchmarks.jar")
                                .toString(),
                        jars.resolveSibling("minimalcluster-benchmark-peers.jar")
                                .toString(),
                        jars.resolve(id()) + File.separator + "*"),
                "io.minimalcluster.peers." + id() + "." + label + "Peer",
                folder.toString()));
        return command;
    }

    /** Environment variables of the driver. Spark reads its addresses and its home from them. */
    Map<String, String> environment(Path folder) {
        return this == SPARK
                ? Map.of(
                        "SPARK_HOME", folder.toString(),
                        "SPARK_LOCAL_HOSTNAME", "127.0.0.1",
                        "SPARK_LOCAL_IP", "127.0.0.1",
                        "SPARK_SCALA_VERSION", "2.13")
                : Map.of();
    }

    /** What the driver and its workers print to their standard error. */
    Path log(Installation installation) {
        return jars(installation).resolve(id() + ".log");
    }

    private static Path jars(Installation installation) {
        return installation.home().resolve("benchmark-peers/target/peers");
    }

    private String id() {
        return label.toLowerCase(Locale.ROOT);
    }
}
