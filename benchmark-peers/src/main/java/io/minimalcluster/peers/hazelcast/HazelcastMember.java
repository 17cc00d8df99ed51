package io.minimalcluster.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import io.minimalcluster.benchmarks.peer.Members;
import java.util.List;

/** A member. */
final class HazelcastMember {
    static final String EXECUTOR = "tasks";

    private HazelcastMember() {}

    /** Arguments: the port of this member, and the ports of all members. */
    public static void main(String[] args) {
        Members.endWithParent();
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
}
