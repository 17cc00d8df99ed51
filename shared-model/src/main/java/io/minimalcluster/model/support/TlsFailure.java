package io.minimalcluster.model.support;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why a connection to a master is not secure or not possible by TLS. */
public final class TlsFailure {
    /** Says that a server expects TLS. */
    public static final String REQUIRED = "it uses TLS: its address begins with https://";

    private static final String REQUIRES_TLS = "requires TLS"; // the text of Tomcat for plain text at a port with TLS

    private TlsFailure() {}

    /** A description of a TLS failure in one line, with a remedy; empty if the failure has another cause. */
    public static Optional<String> describe(Throwable failure) {
        @Nullable SSLException tls = find(failure, SSLException.class);
        if (tls == null) {
            return Optional.empty();
        }
        if (find(failure, CertificateExpiredException.class) != null) {
            return Optional.of("its certificate has expired");
        }
        if (find(failure, CertificateNotYetValidException.class) != null) {
            return Optional.of("its certificate is not valid yet");
        }
        if (find(failure, CertPathBuilderException.class) != null
                || message(tls).contains("Path does not chain")) {
            return Optional.of("its certificate is signed by no trusted authority: give the authority's certificate"
                    + " (--ca-file or MINIMALCLUSTER_CA_FILE, of a worker minimalcluster.ca-file)");
        }
        @Nullable CertificateException certificate = find(failure, CertificateException.class);
        if (certificate != null) {
            return Optional.of("its certificate is not accepted: " + message(certificate));
        }
        return Optional.of(
                message(tls).contains("Unsupported or unrecognized SSL message")
                        ? "it does not use TLS: its address may begin with http://"
                        : "TLS failed: " + message(tls));
    }

    /**
     * Whether a key that is sent to this address crosses a network in plain text. Names of the loopback interface are
     * recognised without a DNS lookup.
     */
    public static boolean exposesKey(URI master) {
        String host = master.getHost() == null ? "" : master.getHost().toLowerCase(Locale.ROOT);
        boolean loopback = host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]")
                || host.equals("[0:0:0:0:0:0:0:1]");
        return "http".equalsIgnoreCase(master.getScheme()) && !loopback;
    }

    /** Whether a response means that plain text was sent to a port with TLS. */
    public static boolean requiresTls(int status, byte[] body) {
        return status == 400 && new String(body, StandardCharsets.ISO_8859_1).contains(REQUIRES_TLS);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (@Nullable Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
