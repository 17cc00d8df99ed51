package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.UnreachableException;
import io.minimalcluster.model.environment.Environment;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.support.MasterHttpClients;
import io.minimalcluster.model.support.ServerTrust;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Certificates;
import io.minimalcluster.system.harness.CodeBlocks;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests a packaged master with TLS, and all its clients. The page about TLS makes the certificate. */
@Order(2)
class TlsIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    /** The files that the commands of the page about TLS make. */
    private static final Folder MADE = Folder.create("authority");

    private static final Path CA_FILE = MADE.path("ca.pem");

    private final Folder folder = Folder.create("tls");

    @BeforeAll
    static void makeCertificate() throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin");
        Command.run(
                "env",
                "PATH=" + keytool + ":" + System.getenv("PATH"),
                "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", // keytool ends soon
                "sh",
                "-ec",
                "mkdir -p " + MADE.path(".") + "; cd " + MADE.path(".") + "\n"
                        + CodeBlocks.each("docs/how-to/tls.md", "sh").getFirst()
                        + "\nprintf %s \"$STOREPASS\" >password");
    }

    @AfterEach
    void deleteFolder() {
        folder.close();
    }

    @AfterAll
    static void deleteCertificates() {
        MADE.close();
    }

    private Client client(MasterProcess master, Path caFile) throws IOException {
        return new Client(master.url(), new Authkey(master.read("authkey")), caFile);
    }

    private static long sumOfSquares(Client client) throws IOException {
        Environment code = client.load("Main.java", SQUARE);
        Job job = client.submit(NewJob.of(code.id(), "square", Arguments.range(0, 4)));
        client.await(job.id());
        try (LongStream squares = client.longs(job.id())) {
            return squares.sum();
        }
    }

    private static String run(int exit, String... words) {
        try (Folder empty = Folder.create("cli");
                Program program = Program.start("cli", Installation.client(List.of(words)), empty.path("."))) {
            assertThat(program.exitCode(Await.LONG)).as(program.tail()).isEqualTo(exit);
            return program.output();
        }
    }

    @Test
    void everyClientReachesAMasterWithAKeyStore() throws Exception {
        Path wrong = new Certificates(folder.path("."), "stranger").caFile();
        try (MasterProcess master = MasterProcess.start(
                        "--server.ssl.key-store=" + MADE.path("master.p12"),
                        "--server.ssl.key-store-password=" + Files.readString(MADE.path("password")));
                Client client = client(master, CA_FILE)) {
            assertThat(master.url()).hasScheme("https");
            assertThat(master.program().output())
                    .contains("url=https://127.0.0.1:")
                    .doesNotContain("http://");
            assertThat(sumOfSquares(client)).as("by the local worker").isEqualTo(14);
            assertClientsWithoutTheAuthorityAreRefused(master, wrong);
            assertCommandLineWorks(master, wrong);
            assertResponsesAreMarkedSecure(master);
            assertWorkersNeedTheAuthority(master, client, wrong);
        }
    }

    private void assertClientsWithoutTheAuthorityAreRefused(MasterProcess master, Path wrong) throws IOException {
        try (Client jdk = new Client(master.url(), new Authkey(master.read("authkey")));
                Client stranger = client(master, wrong)) {
            for (Client refused : List.of(jdk, stranger)) {
                assertThatThrownBy(refused::cluster)
                        .isInstanceOf(UnreachableException.class)
                        .hasMessageContaining("signed by no trusted authority");
            }
        }
        URI plain = URI.create(master.url().toString().replace("https:", "http:"));
        try (Client client = new Client(plain, new Authkey(master.read("authkey")))) {
            assertThatThrownBy(client::cluster).hasMessageContaining("it uses TLS");
        }
    }

    private void assertCommandLineWorks(MasterProcess master, Path wrong) {
        String url = "--url=" + master.url();
        String key = "--key-file=" + master.data().resolve("authkey");

        assertThat(run(0, "workers", url, key, "--ca-file=" + CA_FILE)).contains("ACTIVE");
        assertThat(run(4, "workers", url, key, "--ca-file=" + wrong))
                .contains("signed by no trusted authority")
                .doesNotContain("\tat ");
        assertThat(run(4, "workers", url, key)).contains("--ca-file");
        assertThat(run(2, "workers", url, key, "--ca-file=missing.pem")).contains("no file");
        assertThat(run(0, "status", url, key, "--ca-file=" + CA_FILE)).contains("https://127.0.0.1:");
    }

    private void assertResponsesAreMarkedSecure(MasterProcess master) throws Exception {
        HttpResponse<String> signIn = send(
                master,
                CA_FILE,
                HttpRequest.newBuilder(URI.create(master.url() + "/api/v1/session"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"key\":\"" + master.read("authkey") + "\"}")));
        assertThat(signIn.headers().firstValue("Set-Cookie")).get().asString().contains("Secure");
        assertThat(signIn.headers().firstValue("Strict-Transport-Security")).isPresent();
        HttpResponse<String> malformed =
                send(master, CA_FILE, HttpRequest.newBuilder(URI.create(master.url() + "/" + "x".repeat(9000))));
        assertThat(malformed.headers().firstValue("Strict-Transport-Security")).isPresent();
        HttpResponse<String> document =
                send(master, CA_FILE, HttpRequest.newBuilder(URI.create(master.url() + "/v3/api-docs")));
        assertThat(document.body()).contains("\"servers\"").doesNotContain("http://127.0.0.1", "http://localhost");
    }

    private HttpResponse<String> send(MasterProcess master, Path caFile, HttpRequest.Builder request) throws Exception {
        try (HttpClient http = MasterHttpClients.builder(List.of(master.url()), ServerTrust.authoritiesIn(caFile))
                .build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    /** A worker whose file of authorities is wrong tries again until the file is right. */
    private void assertWorkersNeedTheAuthority(MasterProcess master, Client client, Path wrong) throws IOException {
        Path changing = folder.path("ca.pem");
        Files.copy(wrong, changing);
        try (WorkerProcess worker =
                WorkerProcess.launch(List.of(), master.url(), master, "tls", "--minimalcluster.ca-file=" + changing)) {
            Await.until("a clear line", () -> worker.program().output().contains("signed by no trusted authority"));
            assertThat(worker.program().output()).doesNotContain("\tat ");
            Files.copy(CA_FILE, changing, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(changing, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
            Await.until("a registration", () -> worker.program().output().contains("event=registration.accepted"));
            assertThat(client.workers(Listing.first(10)).items()).hasSize(2);
            assertThat(worker.program().output()).doesNotContain("event=key.in-plain-text");
        }
    }

    @Test
    void changedCertificateOfABundleIsServedWithoutARestart() throws Exception {
        Path certificate = folder.path("tls.crt");
        Path privateKey = folder.path("tls.key");
        Certificates authority = new Certificates(folder.path("."), "authority");
        authority.issue("first", certificate, privateKey);
        try (MasterProcess master = MasterProcess.start(
                        "--spring.ssl.bundle.pem.web.keystore.certificate=file:" + certificate,
                        "--spring.ssl.bundle.pem.web.keystore.private-key=file:" + privateKey,
                        "--spring.ssl.bundle.pem.web.reload-on-update=true",
                        "--spring.ssl.bundle.watch.file.quiet-period=200ms",
                        "--server.ssl.bundle=web");
                Client client = client(master, authority.caFile())) {
            assertThat(master.url()).hasScheme("https");
            assertThat(subject(master, authority)).isEqualTo("CN=first");
            assertThat(sumOfSquares(client)).isEqualTo(14);

            authority.issue("second", certificate, privateKey);

            Await.until("the new certificate", () -> subject(master, authority).equals("CN=second"));
            client.cluster();
            try (Client fresh = client(master, authority.caFile())) {
                assertThat(sumOfSquares(fresh)).as("by the local worker").isEqualTo(14);
            }
            assertThat(master.program().output()).doesNotContain("its certificate");
        }
    }

    private String subject(MasterProcess master, Certificates authority) {
        try {
            HttpResponse<String> response =
                    send(master, authority.caFile(), HttpRequest.newBuilder(URI.create(master.url() + "/")));
            return response.sslSession()
                    .map(session -> {
                        try {
                            return ((X509Certificate) session.getPeerCertificates()[0])
                                    .getSubjectX500Principal()
                                    .getName();
                        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pemFilesServeTls() throws Exception {
        try (MasterProcess master = MasterProcess.start(
                        "--server.ssl.certificate=" + MADE.path("master.crt"),
                        "--server.ssl.certificate-private-key=" + MADE.path("master.key"));
                Client client = client(master, CA_FILE)) {
            assertThat(master.url()).hasScheme("https");
            assertThat(sumOfSquares(client)).isEqualTo(14);
        }
    }
}
