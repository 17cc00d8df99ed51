package io.minimalcluster.worker.master;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the masters are. They are equal: one is used until it fails, then the next. */
public final class MasterAddresses {
    private final List<URI> bases;
    private final AtomicInteger current = new AtomicInteger();

    /**
     * Takes the addresses in the order in which they are tried.
     *
     * @throws IllegalArgumentException if there is none, or one is no plain HTTP or HTTPS address
     */
    public MasterAddresses(List<URI> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of a master");
        }
        bases = addresses.stream().map(MasterAddresses::base).toList();
    }

    private static URI base(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean isHttp = scheme.equals("http") || scheme.equals("https");
        if (!isHttp
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.getFragment() != null) {
            throw new IllegalArgumentException("a master's address is http://host:port or https://host:port");
        }
        String text = address.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v1");
    }

    /** The one to call now. */
    URI current() {
        return bases.get(Math.floorMod(current.get(), bases.size()));
    }

    /** Says that a call of it failed; of many that fail at once only the first moves on. */
    void failed(URI base) {
        int at = current.get();
        if (bases.get(Math.floorMod(at, bases.size())).equals(base)) {
            current.compareAndSet(at, at + 1);
        }
    }
}
