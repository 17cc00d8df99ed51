package io.minimalcluster.model.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the authorities in a file, which is read again when its modification time changes. */
final class FileTrustManager extends ServerTrustManager {
    private final Path caFile;
    // both guarded by this
    private X509ExtendedTrustManager authorities;
    private FileTime modified;

    FileTrustManager(Path caFile) throws IOException {
        this.caFile = caFile;
        this.modified = Files.getLastModifiedTime(caFile);
        this.authorities = ServerTrust.read(caFile);
    }

    @Override
    void check(X509Certificate[] chain, Check standard) throws CertificateException {
        standard.by(current());
    }

    /** The authorities in the file now. The previous ones stay while the file cannot be read, as during its change. */
    private synchronized X509ExtendedTrustManager current() {
        try {
            FileTime now = Files.getLastModifiedTime(caFile);
            if (!now.equals(modified)) {
                authorities = ServerTrust.read(caFile);
                modified = now;
            }
        } catch (IOException _) {
            return authorities;
        }
        return authorities;
    }
}
