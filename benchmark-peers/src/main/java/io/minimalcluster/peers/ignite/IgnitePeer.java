package io.minimalcluster.peers.ignite;

import io.minimalcluster.benchmarks.peer.Members;
import io.minimalcluster.benchmarks.peer.Peer;
import io.minimalcluster.benchmarks.peer.PeerDriver;
import io.minimalcluster.benchmarks.peer.PeerTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.lang.IgniteFuture;

/** Ignite with two server nodes in memory. */
final class IgnitePeer implements Peer {
    private final Members members;
    private final Ignite client;

    private IgnitePeer(Members members, Ignite client) {
        this.members = members;
        this.client = client;
    }

    public static void main(String[] args) throws IOException {
        PeerDriver.serve(args, IgnitePeer::start);
    }

    private static Peer start() throws IOException, InterruptedException {
        Members members = Members.start(IgniteMember.class);
        try {
            IgniteConfiguration config = IgniteMember.configuration(members.ports());
            config.setClientMode(true);
            Ignite client = Ignition.start(config);
            members.awaitJoined(() -> client.cluster().forServers().nodes().size());
            return new IgnitePeer(members, client);
        } catch (InterruptedException | RuntimeException e) {
            members.close();
            throw e;
        }
    }

    /** Makes a call for each task, because a single call with 10,000 tasks took longer than half a minute. */
    @Override
    public List<Object> values(PeerTask task, List<? extends Serializable> arguments) {
        IgniteCompute compute = client.compute();
        List<IgniteFuture<Object>> running = new ArrayList<>(arguments.size());
        for (Serializable argument : arguments) {
            running.add(compute.callAsync(new IgniteCall(task, argument)));
        }
        List<Object> values = new ArrayList<>(arguments.size());
        for (IgniteFuture<Object> value : running) {
            values.add(value.get());
        }
        return values;
    }

    @Override
    public void close() {
        try {
            client.close();
        } finally {
            members.close();
        }
    }
}
