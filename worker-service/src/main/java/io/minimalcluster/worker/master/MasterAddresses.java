package io.minimalcluster.worker.master;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The addresses of equivalent masters, and their certificates. One is used until a call fails, then the next. */
public final class MasterAddresses {
    private final List<URI> bases;
    private final @Nullable SSLContext trust;
    private final AtomicInteger current = new AtomicInteger();

    /**
     * Creates a list in the order of use.
     *
     * @throws IllegalArgumentException if the list is empty or an address is not a plain HTTP or HTTPS URL
     */
    public MasterAddresses(List<URI> addresses) {
        this(addresses, null);
    }

    /**
     * Creates a list in the order of use.
     *
     * @param trust the accepted certificates; null for those of the JDK
     * @throws IllegalArgumentException if the list is empty or an address is not a plain HTTP or HTTPS URL
     */
    public MasterAddresses(List<URI> addresses, @Nullable SSLContext trust) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of a master");
        }
        this.bases = addresses.stream().map(MasterAddresses::base).toList();
        this.trust = trust;
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

    List<URI> all() {
        return bases;
    }

    @Nullable
    SSLContext trust() {
        return trust;
    }

    /** The base URL to use now. */
    URI current() {
        return bases.get(Math.floorMod(current.get(), bases.size()));
    }

    /** Switches to the next address after a failed call. Of concurrent failures only the first switches. */
    void failed(URI base) {
        int at = current.get();
        if (bases.get(Math.floorMod(at, bases.size())).equals(base)) {
            current.compareAndSet(at, at + 1);
        }
    }
}
