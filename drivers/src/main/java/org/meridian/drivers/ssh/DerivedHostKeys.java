package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.meridian.core.model.Secret;

/**
 * Host keys for servers that get theirs with their user data, derived from the key that Meridian logs in with (HKDF, RFC
 * 5869): everybody who can log in knows the same key of a server before it boots, and nothing has to be kept for that.
 *
 * <p>A server's own host key tells nothing of another's, nor of the key that it was derived from.
 */
public final class DerivedHostKeys {
    private static final String TYPE = "ssh-ed25519";
    private static final int LENGTH = 32;
    private static final int BLOCK = 8;

    private final DeployKey key;

    /** Host keys derived from this key, which is made when it is needed first. */
    public DerivedHostKeys(DeployKey key) {
        this.key = requireNonNull(key, "key is null");
    }

    /** The public key for this name in OpenSSH's form, without a comment. */
    public String publicKey(String name) {
        return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob(derive(name)));
    }

    /** The private key for this name in OpenSSH's form. */
    public Secret privateKey(String name) {
        String body = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file(derive(name)));
        return Secret.of("-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n");
    }

    private Ed25519PrivateKeyParameters derive(String name) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(key.keyPair().getPrivate().getEncoded())
                    .addSalt(bytes("meridian host key"))
                    .thenExpand(bytes(name), LENGTH);
            return new Ed25519PrivateKeyParameters(
                    KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't derive keys", e);
        }
    }

    private static byte[] publicBlob(Ed25519PrivateKeyParameters key) {
        return written(out -> {
            string(out, bytes(TYPE));
            string(out, key.generatePublicKey().getEncoded());
        });
    }

    /** OpenSSH's PROTOCOL.key, without a passphrase; its check number may be any, and is always the same here. */
    private static byte[] file(Ed25519PrivateKeyParameters key) {
        return written(out -> {
            out.write(bytes("openssh-key-v1\0"));
            string(out, bytes("none"));
            string(out, bytes("none"));
            string(out, new byte[0]);
            out.writeInt(1);
            string(out, publicBlob(key));
            string(out, privatePart(key));
        });
    }

    private static byte[] privatePart(Ed25519PrivateKeyParameters key) {
        byte[] own = key.generatePublicKey().getEncoded();
        byte[] check = {own[0], own[1], own[2], own[3]};
        return written(out -> {
            out.write(check);
            out.write(check);
            string(out, bytes(TYPE));
            string(out, own);
            string(
                    out,
                    ByteBuffer.allocate(2 * LENGTH)
                            .put(key.getEncoded())
                            .put(own)
                            .array());
            string(out, new byte[0]);
            for (int padding = 1; out.size() % BLOCK != 0; padding++) {
                out.write(padding);
            }
        });
    }

    private static void string(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }
}
