package io.minimalcluster.task.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalHostResolverTest {
    private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

    private final InetAddressResolver resolver = LocalHostResolver.resolver(new OneNameResolver(), "this-host");

    @Test
    void unknownNameOfThisMachineIsTheLoopbackAddress() throws Exception {
        assertThat(resolver.lookupByName("this-host", ANY))
                .singleElement()
                .satisfies(address -> assertThat(address.isLoopbackAddress()).isTrue())
                .satisfies(address -> assertThat(address.getHostName()).isEqualTo("this-host"));
        assertThat(resolver.lookupByName("localhost", ANY)).hasSize(1);
    }

    @Test
    void otherNamesAreResolvedByTheSystem() throws Exception {
        assertThat(resolver.lookupByName("known", ANY))
                .singleElement()
                .satisfies(address -> assertThat(address.getHostAddress()).isEqualTo("10.0.0.1"));
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> resolver.lookupByName("unknown", ANY));
        assertThat(resolver.lookupByAddress(new byte[] {10, 0, 0, 1})).isEqualTo("known");
    }

    private static final class OneNameResolver implements InetAddressResolver {
        private static final byte[] ADDRESS = {10, 0, 0, 1};

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            if (!host.equals("known")) {
                throw new UnknownHostException(host);
            }
            return Stream.of(InetAddress.getByAddress(host, ADDRESS));
        }

        @Override
        public String lookupByAddress(byte[] address) {
            return "known";
        }
    }
}
