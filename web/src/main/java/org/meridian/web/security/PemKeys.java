package org.meridian.web.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;

/** Reads a certificate and its key as they usually lie in files (RFC 7468). */
public final class PemKeys {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

    private PemKeys() {}

    /**
     * A key store in memory, without a password, with the key and its certificates; throws a Failure of kind USAGE when the
     * files hold no such thing.
     *
     * @param certificates the server's certificate and those that lead to a root
     * @param key          the private key in PKCS #8, not encrypted
     */
    public static KeyStore read(Path certificates, Path key) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("dashboard", key(key), new char[0], chain(certificates));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(certificates + " with " + key, String.valueOf(e.getMessage()));
        }
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = BoundedFile.stream(file, BoundedFile.MEGABYTE)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(BoundedFile.text(file, BoundedFile.MEGABYTE));
        if (!pem.find()) {
            throw unusable(file.toString(), "it has no block 'BEGIN PRIVATE KEY'");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It is of another kind.
            }
        }
        throw unusable(file.toString(), "its key is none of " + KINDS);
    }

    private static Failure unusable(String what, String why) {
        return Failure.usage(Diagnostic.of(
                "bad-tls-files",
                "TLS does not work with " + what + ": " + why,
                "Give a PEM file with the certificates and one with their key;"
                        + " 'openssl pkcs8 -topk8 -nodes -in KEY' writes a key in the form that is read."));
    }
}
