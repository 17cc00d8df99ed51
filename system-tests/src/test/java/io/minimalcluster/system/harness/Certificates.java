package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority, made with openssl, that issues certificates of masters. */
public final class Certificates {
    private final Path folder;
    private final String name;

    /** Creates an authority, whose certificate is in a file of the folder. */
    public Certificates(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        withNewKey(name, "-x509", "-out", caFile().toString());
    }

    public Path caFile() {
        return file(name, ".pem");
    }

    private Path file(String owner, String suffix) {
        return folder.resolve(owner + suffix);
    }

    /** Issues a certificate for this machine, and writes it and its private key as PEM files. */
    public void issue(String server, Path certificate, Path privateKey) {
        Path request = file(server, ".csr");
        Path signed = file(server, ".crt");
        Path names = file(server, ".cnf");
        withNewKey(server, "-out", request.toString());
        try {
            Files.writeString(names, "subjectAltName=DNS:localhost,IP:127.0.0.1");
            openssl(
                    "x509",
                    "-req",
                    "-in",
                    request.toString(),
                    "-CA",
                    caFile().toString(),
                    "-CAkey",
                    file(name, ".key").toString(),
                    "-CAcreateserial",
                    "-extfile",
                    names.toString(),
                    "-out",
                    signed.toString());
            Files.copy(file(server, ".key"), privateKey, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(signed, certificate, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key and a request for its certificate, or with further options its certificate. */
    private void withNewKey(String owner, String... options) {
        List<String> words = new ArrayList<>(
                List.of("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"));
        words.addAll(List.of("-keyout", file(owner, ".key").toString(), "-subj", "/CN=" + owner));
        words.addAll(List.of(options));
        openssl(words.toArray(String[]::new));
    }

    private static void openssl(String... words) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        Command.run(command.toArray(String[]::new));
    }
}
