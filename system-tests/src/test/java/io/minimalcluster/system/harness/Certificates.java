package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority, made with keytool, that issues certificates of masters. */
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path folder;
    private final String name;

    /** Creates an authority, whose certificate is in a file of the folder. */
    public Certificates(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        keytool(name, "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
        keytool(name, "-exportcert", "-rfc", "-alias", "ca", "-file", caFile().toString());
    }

    public Path caFile() {
        return folder.resolve(name + ".pem");
    }

    /** Issues a certificate for this machine, and returns the key store with its key, in PKCS#12 format. */
    public Path issue(String server) {
        String request = folder.resolve(server + ".csr").toString();
        String signed = folder.resolve(server + ".crt").toString();
        keytool(server, "-genkeypair", "-keyalg", "EC", "-alias", "master", "-dname", "CN=" + server);
        keytool(server, "-certreq", "-alias", "master", "-file", request);
        keytool(
                name,
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-infile",
                request,
                "-outfile",
                signed);
        keytool(server, "-importcert", "-noprompt", "-alias", "ca", "-file", caFile().toString());
        keytool(server, "-importcert", "-alias", "master", "-file", signed);
        return folder.resolve(server + ".p12");
    }

    /** Writes the certificate and the private key of a key store as PEM files. */
    public static void export(Path keyStore, Path certificate, Path privateKey) {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            Files.writeString(
                    privateKey,
                    pem(
                            "PRIVATE KEY",
                            store.getKey("master", PASSWORD.toCharArray()).getEncoded()));
            Files.writeString(
                    certificate,
                    pem("CERTIFICATE", store.getCertificate("master").getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(type, base64);
    }

    private void keytool(String store, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // a run is too short to profit from C2 and G1
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC"));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", folder.resolve(store + ".p12").toString(), "-storepass", PASSWORD));
        Command.run(command.toArray(String[]::new));
    }
}
