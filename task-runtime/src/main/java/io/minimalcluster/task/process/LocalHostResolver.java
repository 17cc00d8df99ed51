package io.minimalcluster.task.process;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Resolves the name of this machine to the loopback address if no name service knows it, for
 * {@link InetAddress#getLocalHost}. Registered as a service of the packaged program only, not of programs that use this
 * module as a library.
 */
public final class LocalHostResolver extends InetAddressResolverProvider {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return resolver(configuration.builtinResolver(), configuration.lookupLocalHostName());
    }

    static InetAddressResolver resolver(InetAddressResolver system, String localHost) {
        return new WithLocalHost(system, localHost);
    }

    @Override
    public String name() {
        return "local-host";
    }

    private record WithLocalHost(InetAddressResolver system, String localHost) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            try {
                return system.lookupByName(host, policy);
            } catch (UnknownHostException e) {
                if (!host.equals(localHost) && !host.equals("localhost")) {
                    throw e;
                }
                return Stream.of(InetAddress.getByAddress(host, LOOPBACK));
            }
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return system.lookupByAddress(address);
        }
    }
}
