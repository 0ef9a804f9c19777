package org.meridian.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Names an SSH host key shortly and surely, as the journal does. */
public final class HostKeyName {
    private HostKeyName() {}

    /** The SHA-256 of its text, in base64 without padding; the key in OpenSSH's form, without a comment. */
    public static String of(String publicKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
