package io.minimalcluster.peers.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.minimalcluster.benchmarks.peer.Members;
import io.minimalcluster.benchmarks.peer.Peer;
import io.minimalcluster.benchmarks.peer.PeerDriver;
import io.minimalcluster.benchmarks.peer.PeerTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Hazelcast with two members in memory. */
final class HazelcastPeer implements Peer {
    private static final long CONNECT_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final int RETRY_MILLIS = 20;

    private final Members members;
    private final HazelcastInstance client;

    private HazelcastPeer(Members members, HazelcastInstance client) {
        this.members = members;
        this.client = client;
    }

    public static void main(String[] args) throws IOException {
        PeerDriver.serve(args, HazelcastPeer::start);
    }

    private static Peer start() throws IOException, InterruptedException {
        Members members = Members.start(HazelcastMember.class);
        try {
            HazelcastInstance client = connect(members.ports());
            members.awaitJoined(() -> client.getCluster().getMembers().size());
            return new HazelcastPeer(members, client);
        } catch (InterruptedException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    private static HazelcastInstance connect(List<String> ports) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(HazelcastMember.clusterName(ports));
        config.setProperty("hazelcast.logging.type", "none");
        ports.forEach(port -> config.getNetworkConfig().addAddress("127.0.0.1:" + port));
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setInitialBackoffMillis(RETRY_MILLIS)
                .setMultiplier(1)
                .setClusterConnectTimeoutMillis(CONNECT_MILLIS);
        return HazelcastClient.newHazelcastClient(config);
    }

    @Override
    public List<Object> values(PeerTask task, List<? extends Serializable> arguments) throws Exception {
        IExecutorService executor = client.getExecutorService(HazelcastMember.EXECUTOR);
        List<Future<Object>> running = new ArrayList<>(arguments.size());
        for (Serializable argument : arguments) {
            running.add(executor.submit(new HazelcastCall(task, argument)));
        }
        List<Object> values = new ArrayList<>(arguments.size());
        for (Future<Object> value : running) {
            values.add(value.get());
        }
        return values;
    }

    @Override
    public void close() {
        try {
            client.shutdown();
        } finally {
            members.close();
        }
    }
}
