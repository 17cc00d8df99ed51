package io.minimalcluster.worker.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the name of this machine. */
public final class HostName {
    private HostName() {}

    /** The host name, from the environment if possible, which needs no DNS lookup. */
    public static String get() {
        String name = System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
        if (!name.isBlank()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }
}
