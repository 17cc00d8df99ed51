package io.minimalcluster.master.http.proxy;

import io.minimalcluster.master.http.HttpSettings;
import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** The proxies in {@code minimalcluster.trusted-proxies}. */
@Component
public final class TrustedProxies {
    private final List<IpAddressMatcher> proxies;

    TrustedProxies(HttpSettings settings) {
        this.proxies = settings.proxies().stream().map(TrustedProxies::matcher).toList();
    }

    private static IpAddressMatcher matcher(String address) {
        try {
            return new IpAddressMatcher(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "minimalcluster.trusted-proxies has '" + address + "', which is no address such as 10.0.0.7 or"
                            + " 10.0.0.0/24",
                    e);
        }
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean has(String address) {
        return proxies.stream().anyMatch(proxy -> proxy.matches(address));
    }
}
