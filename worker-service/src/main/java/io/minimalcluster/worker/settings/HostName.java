package io.minimalcluster.worker.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine is called. */
public final class HostName {
    private HostName() {}

    /** Its name without a look-up where the environment has it. */
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
