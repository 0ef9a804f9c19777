package org.meridian.core.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.Secret;

class RedactionTest {
    @Test
    void everyValueIsMaskedWhereverItStands() {
        Redaction redaction = hiding("hunter2", "s3cret");
        assertThat(redaction.mask("mysql://app:hunter2@db, again hunter2; s3cret"))
                .isEqualTo("mysql://app:***@db, again ***; ***");
    }

    @Test
    void aValueThatIsPartOfAnotherLeavesNoRest() {
        assertThat(hiding("pass", "password1").mask("password1 pass")).isEqualTo("*** ***");
    }

    @Test
    void shortValuesWouldTakeWordsApart() {
        assertThat(hiding("1", "on", "abc").mask("1 on abc")).isEqualTo("1 on abc");
        assertThat(hiding("abcd").mask("abcd")).isEqualTo("***");
    }

    @Test
    void theLinesOfAKeyAreMaskedByThemselves() {
        Redaction redaction = hiding("-----BEGIN KEY-----\nMIIEvQIBADANBg\nEND\n");
        assertThat(redaction.mask("log | MIIEvQIBADANBg\nlog | END")).isEqualTo("log | ***\nlog | END");
    }

    @Test
    void aFailureKeepsItsKindAndTellsNothing() {
        Failure failure = Failure.needsPerson(
                new Diagnostic("code", "hunter2 refused", "see hunter2", "not hunter2", Optional.empty()));
        Failure masked = hiding("hunter2").mask(failure);
        assertThat(masked.kind()).isEqualTo(Failure.Kind.NEEDS_PERSON);
        assertThat(masked).hasMessage("*** refused").hasNoCause();
        assertThat(masked.diagnostic().detail()).isEqualTo("see ***");
        assertThat(masked.diagnostic().suggestion()).isEqualTo("not ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret-Pa55", "p/ss+w=rd?&\"'\\", "grüße \uD83D\uDE80 <b>", "line one\nline two\tand"})
    void noEncodingOfAValueGetsThrough(String value) {
        Redaction redaction = hiding(value);
        String percent = URLEncoder.encode(value, UTF_8);
        for (String written : List.of(
                percent,
                percent.replace("+", "%20"),
                Pattern.compile("%[0-9A-F]{2}")
                        .matcher(percent.replace("+", "%20"))
                        .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT)),
                JsonText.of(value),
                value.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;"))) {
            assertThat(redaction.mask("said: " + written + ".")).as(written).isEqualTo("said: ***.");
        }
    }

    /** A value stands behind others in what was encoded, as a password does behind its user. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cret-Pa55", "s3cret-Pa55w", "s3cret-Pa55wo", "\u00ff\u00fe\u00ff\u00fe?>?>~~"})
    void base64IsMaskedAtEveryPlaceInAGroupAndInBothAlphabets(String value) {
        Redaction redaction = hiding(value);
        for (String before : List.of("", "a", "ab", "abc", "app:")) {
            for (String after : List.of("", "z", "yz", "xyz", "\n")) {
                byte[] whole = (before + value + after).getBytes(UTF_8);
                for (Base64.Encoder encoder : List.of(
                        Base64.getEncoder(),
                        Base64.getEncoder().withoutPadding(),
                        Base64.getUrlEncoder(),
                        Base64.getUrlEncoder().withoutPadding())) {
                    String encoded = encoder.encodeToString(whole);
                    String masked = redaction.mask("Authorization: Basic " + encoded);
                    assertThat(masked).as(encoded).contains("***");
                    // No more of it is left than a character at each side, which has bits of what stands there, too.
                    String rest = masked.substring("Authorization: Basic ".length());
                    assertThat(rest.length())
                            .as(rest)
                            .isLessThanOrEqualTo("***".length() + (before.length() + after.length()) * 4 / 3 + 5);
                }
            }
        }
    }

    @Test
    void base64ThatIsBrokenOverLinesIsMaskedWhereverTheBreakIs() {
        String value = "s3cret-Pa55word-of-30-letters!";
        Redaction redaction = hiding(value);
        for (int before = 0; before < 120; before++) {
            byte[] whole = ("x".repeat(before) + value + "y".repeat(20)).getBytes(UTF_8);
            for (String written : List.of(
                    Base64.getMimeEncoder().encodeToString(whole),
                    Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(whole),
                    Base64.getMimeEncoder(76, "\n    ".getBytes(UTF_8)).encodeToString(whole),
                    Base64.getMimeEncoder(76, "\n".getBytes(UTF_8))
                            .encodeToString(whole)
                            .replace("\n", "\\n"))) {
                String masked = redaction.mask("said:\n" + written + "\nend");
                assertThat(masked)
                        .as(written)
                        .contains("***")
                        .startsWith("said:")
                        .endsWith("end");
                String left = masked.replaceAll("said:|end|\\*\\*\\*|\\\\n|\\s", "");
                // No more than what the neighbours alone have, and a group at each side.
                assertThat(left.length()).as(masked).isLessThanOrEqualTo((before + 20) * 4 / 3 + 8);
            }
        }
    }

    @Test
    void linesThatHoldNoValueStayAsTheyAre() {
        String text = "first line\r\n  second\\nthird\n";
        assertThat(hiding("hunter2-hunter2").mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql2://app:hunter2%2F22@db.internal:3306/shop?pool=5",
                "postgres://app:hunter2/22@db.internal/shop",
                "postgres://app:hunter2%2F22@db.internal/shop?application_name=a@b",
                "redis://:hunter2%2f22@cache:6379/0",
                "https://hunter2%2F22@git.example.com/x.git",
                "jdbc:postgresql://db/shop?user=app&password=hunter2%2F22"
            })
    void thePasswordInAUrlIsMaskedByItself(String url) {
        assertThat(hiding(url).mask("Access denied for 'app' using hunter2/22 or hunter2%2F22"))
                .isEqualTo("Access denied for 'app' using *** or ***");
    }

    @Test
    void anEventTellsNothing() {
        Instant at = Instant.EPOCH;
        assertThat(hiding("hunter2").mask(new RolloutEvent.Note(at, "the hook said aHVudGVyMg==")))
                .isEqualTo(new RolloutEvent.Note(at, "the hook said ***=="));
    }

    private static final class JsonText {
        static String of(String value) {
            StringBuilder json = new StringBuilder();
            value.chars()
                    .forEach(c -> json.append(
                            switch (c) {
                                case '"' -> "\\\"";
                                case '\\' -> "\\\\";
                                case '\n' -> "\\n";
                                case '\t' -> "\\t";
                                default -> c > 0x7f ? "\\u%04x".formatted(c) : String.valueOf((char) c);
                            }));
            return json.toString();
        }
    }

    private static Redaction hiding(String... values) {
        return new Redaction(List.of(values).stream().map(Secret::of).toList());
    }
}
