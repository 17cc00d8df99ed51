package io.minimalcluster.benchmarks;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.util.List;

/** A member in a process of its own, which ends with its parent. */
final class HazelcastMember {
    static final String EXECUTOR = "tasks";

    private HazelcastMember() {}

    /** Arguments: the port of this member, and the ports of all members. */
    public static void main(String[] args) {
        Thread.ofPlatform().daemon().start(HazelcastMember::exitWithParent);
        Config config = new Config();
        config.setClusterName(clusterName(List.of(args).subList(1, args.length)));
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getExecutorConfig(EXECUTOR).setPoolSize(1); // one slot, as the workers here
        NetworkConfig network =
                config.getNetworkConfig().setPort(Integer.parseInt(args[0])).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (String port : List.of(args).subList(1, args.length)) {
            join.getTcpIpConfig().addMember("127.0.0.1:" + port);
        }
        Hazelcast.newHazelcastInstance(config);
    }

    static String clusterName(List<String> ports) {
        return "bench-" + String.join("-", ports);
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // the stream ends when the parent closes it, or ends
            }
        } catch (IOException _) {
            // the parent has ended
        }
        System.exit(0);
    }
}
