package io.minimalcluster.peers.ignite;

import io.minimalcluster.benchmarks.peer.Members;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/** A server node. */
final class IgniteMember {
    private static final long FAILURE_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final int RECONNECT_MILLIS = 100;

    private IgniteMember() {}

    /** Arguments: the port of this node, and the ports of all server nodes. */
    public static void main(String[] args) {
        Members.endWithParent();
        IgniteConfiguration config = configuration(List.of(args).subList(1, args.length));
        ((TcpDiscoverySpi) config.getDiscoverySpi()).setLocalPort(Integer.parseInt(args[0]));
        config.setPublicThreadPoolSize(1); // one slot, as the workers here
        Ignition.start(config);
    }

    /** The configuration that servers and clients share. */
    static IgniteConfiguration configuration(List<String> serverPorts) {
        System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
        System.setProperty("IGNITE_NO_ASCII", "true");
        System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
        IgniteConfiguration config = new IgniteConfiguration();
        config.setLocalHost("127.0.0.1");
        config.setWorkDirectory(System.getProperty("java.io.tmpdir"));
        config.setConnectorConfiguration(null);
        config.setClientConnectorConfiguration(null);
        config.setFailureDetectionTimeout(FAILURE_MILLIS);
        config.setClientFailureDetectionTimeout(FAILURE_MILLIS);
        config.setMetricsLogFrequency(0);
        TcpDiscoverySpi discovery = new TcpDiscoverySpi();
        discovery.setReconnectDelay(RECONNECT_MILLIS);
        discovery.setIpFinder(new TcpDiscoveryVmIpFinder()
                .setAddresses(
                        serverPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
        config.setDiscoverySpi(discovery);
        return config;
    }
}
