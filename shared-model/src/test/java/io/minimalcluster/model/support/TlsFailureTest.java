package io.minimalcluster.model.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailureTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, false",
        "http://LOCALHOST, false",
        "http://a.localhost:1, false",
        "http://127.0.0.1:8080/mc, false",
        "http://127.1.2.3, false",
        "http://[::1]:8080, false",
        "https://cluster.example, false",
        "http://cluster.example, true",
        "HTTP://10.0.0.7:8080, true",
        "http://localhost.example, true",
        "http://127.0.0.1.example, true",
        "http://[fe80::1]:8080, true"
    })
    void keyIsExposedByPlainTextBeyondLoopback(URI master, boolean exposed) {
        assertThat(TlsFailure.exposesKey(master)).isEqualTo(exposed);
    }

    private static Throwable handshake(Throwable cause) {
        return new IOException("sending", new SSLHandshakeException("failed").initCause(cause));
    }

    @Test
    void failureIsOneLineWithItsCause() {
        assertThat(TlsFailure.describe(handshake(new CertPathBuilderException("no path"))))
                .get()
                .asString()
                .contains("no trusted authority", "--ca-file", "minimalcluster.ca-file");
        assertThat(TlsFailure.describe(handshake(new CertificateExpiredException("then"))))
                .contains("its certificate has expired");
        assertThat(TlsFailure.describe(handshake(new CertificateException("No name\nmatching x"))))
                .contains("its certificate is not accepted: No name matching x");
        assertThat(TlsFailure.describe(new SSLException("Unsupported or unrecognized SSL message")))
                .get()
                .asString()
                .contains("http://");
        assertThat(TlsFailure.describe(new ConnectException("refused"))).isEmpty();
    }

    @Test
    void plainTextAtAPortWithTlsIsRecognised() {
        byte[] answer = "Bad Request\r\nThis combination of host and port requires TLS.\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(TlsFailure.requiresTls(400, answer)).isTrue();
        assertThat(TlsFailure.requiresTls(404, answer)).isFalse();
    }

    @Test
    void fileWithoutACertificateIsRejected(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> ServerTrust.authoritiesIn(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("contains no certificate");
        assertThatThrownBy(() -> ServerTrust.authoritiesIn(folder.resolve("missing")))
                .isInstanceOf(IOException.class);
    }
}
