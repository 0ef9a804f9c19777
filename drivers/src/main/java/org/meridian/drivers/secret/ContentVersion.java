package org.meridian.drivers.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.meridian.core.model.Secret;

/** The version of secrets in a place that has no versions of its own: the first digits of their SHA-256. */
public final class ContentVersion {
    private static final int DIGITS = 12;

    private ContentVersion() {}

    /** Of a file's bytes. */
    public static String of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of names and values, in whatever order they came. */
    public static String of(Map<String, Secret> values) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values).forEach((name, value) -> part(part(text, name), value.reveal()));
        return of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Each part with its length, so that no two contents run together to the same text. */
    private static StringBuilder part(StringBuilder text, String part) {
        return text.append(part.length()).append(' ').append(part).append('\n');
    }
}
