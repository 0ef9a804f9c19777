package org.meridian.core.rollout;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms in which a value is met in what programs write: as it is, escaped for a URL or JSON, in base64. */
final class Guises {
    /** What a URL has before its host (RFC 3986, 3.2.1). */
    private static final Pattern USER_INFO = Pattern.compile("://([^/?#@\\s]*)@");

    /** The same where a password has not been escaped: up to the last at sign. */
    private static final Pattern LOOSE_USER_INFO = Pattern.compile("://(\\S*)@");

    private static final Pattern CREDENTIAL = Pattern.compile(
            "[?&;](?:\\w*(?:password|passwd|pwd|secret|token|key))=([^&;#\\s]+)", Pattern.CASE_INSENSITIVE);

    private static final int BYTE = 8;
    private static final int BASE64_BITS = 6;
    private static final int GROUP = 3;

    private Guises() {}

    /** The value, and what is itself secret in it: the password in a URL, the credentials in its query. */
    static Stream<String> values(String value) {
        return Stream.concat(Stream.of(value), Stream.concat(userInfo(value), groups(CREDENTIAL, value)))
                .flatMap(part -> Stream.of(part, decoded(part)));
    }

    /** The forms of one text. */
    static Stream<String> of(String text) {
        return Stream.of(
                        text,
                        html(text),
                        apostrophes(text),
                        inUrl(text).replace("+", "%20"),
                        inUrl(text),
                        lower(inUrl(text).replace("+", "%20")))
                .flatMap(form -> Stream.concat(Stream.of(form), json(form)))
                .distinct()
                .flatMap(form -> form.equals(text) ? Stream.concat(Stream.of(form), base64(form)) : Stream.of(form));
    }

    private static Stream<String> userInfo(String value) {
        // A token alone stands where the user does.
        return Stream.concat(groups(USER_INFO, value), groups(LOOSE_USER_INFO, value))
                .map(whole -> whole.substring(whole.indexOf(':') + 1));
    }

    private static Stream<String> groups(Pattern pattern, String value) {
        return pattern.matcher(value).results().map(found -> found.group(1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String inUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String lower(String encoded) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(encoded).replaceAll(hex -> hex.group()
                .toLowerCase(Locale.ROOT));
    }

    /** As JSON has it (RFC 8259, 7): with what must be escaped, with the slash too, with what must not stand in HTML, in ASCII. */
    private static Stream<String> json(String text) {
        String plain = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        String html = escaped(plain, "[<>&'\\u2028\\u2029]");
        return Stream.of(
                plain,
                plain.replace("/", "\\/"),
                html,
                escaped(plain, "[^\\x00-\\x7f]"),
                escaped(html, "[^\\x00-\\x7f]"));
    }

    private static String escaped(String text, String which) {
        return Pattern.compile(which).matcher(text).replaceAll(found -> {
            StringBuilder units = new StringBuilder();
            found.group().chars().forEach(unit -> units.append("\\u%04x".formatted(unit)));
            return Matcher.quoteReplacement(units.toString());
        });
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** As shells and some languages quote what stands between apostrophes. */
    private static String apostrophes(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    /**
     * Base64 of the text wherever it stands in what was encoded, such as behind a user's name and a colon (RFC 7617): what
     * depends on it alone, for each of the three places that it may have in a group of bytes (RFC 4648, 4 and 5).
     */
    private static Stream<String> base64(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(0, 1, 2).flatMap(before -> {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (before * BYTE + BASE64_BITS - 1) / BASE64_BITS;
            int to = shifted.length * BYTE / BASE64_BITS;
            String standard = Base64.getEncoder().encodeToString(shifted).substring(from, Math.max(from, to));
            // The last character, where it has bits of the text and none that follow: at the end of what was encoded.
            String last = shifted.length % GROUP == 0
                    ? ""
                    : Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(shifted)
                            .substring(to);
            return Stream.of(standard + last, standard)
                    .flatMap(form -> Stream.of(form, form.replace('+', '-').replace('/', '_'), inUrl(form)));
        });
    }
}
