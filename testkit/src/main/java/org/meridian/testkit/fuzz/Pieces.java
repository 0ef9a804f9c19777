package org.meridian.testkit.fuzz;

import java.util.List;
import java.util.Random;

/** Puts in, takes out and replaces a few characters. */
final class Pieces {
    private static final List<String> ALL = List.of(
            "\t",
            "\n",
            "\r\n",
            " ",
            ":",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "'",
            "\"",
            "&a ",
            "*a",
            "<<: ",
            "!x ",
            "|",
            ">",
            "#",
            "?",
            "---\n",
            "...\n",
            "~",
            "null",
            "0",
            "-1",
            "99999999999999",
            "1e9",
            "0x1f",
            ".5",
            "NaN",
            "no",
            "${",
            "$",
            "}}",
            "${A:-",
            "$$",
            "\\",
            "\0",
            "\\0",
            "\u0085",
            "\uFEFF",
            "\u001B[2K",
            "\u202E",
            "é",
            "😀",
            "\uD800",
            "%",
            "@",
            "`",
            ",",
            "/",
            "../",
            "/dev/zero",
            "~",
            "::",
            "[::1]",
            "1-65535:1-65535",
            "web",
            "3000",
            "ms",
            "/s",
            "100%",
            "env-file:",
            "command:",
            "vault:",
            "env:",
            "file:",
            "s3://",
            "postgresql://",
            "extends: web",
            "=",
            ";",
            "|| true",
            "$(id)",
            "sha256:",
            "127.0.0.1:5000/",
            "{\"a\":",
            "null,",
            "e-99",
            "\\u0000",
            "HTTP/1.1");

    private final Random random;

    Pieces(Random random) {
        this.random = random;
    }

    String any() {
        return ALL.get(random.nextInt(ALL.size()));
    }

    String change(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(20));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + any() + text.substring(to);
            case 2 -> flipped(text, from);
            default -> text.substring(0, from) + any() + text.substring(from);
        };
    }

    private String flipped(String text, int at) {
        if (at == text.length()) {
            return text;
        }
        char other = (char) (text.charAt(at) ^ (1 << random.nextInt(random.nextInt(4) == 0 ? 16 : 7)));
        return text.substring(0, at) + other + text.substring(at + 1);
    }
}
