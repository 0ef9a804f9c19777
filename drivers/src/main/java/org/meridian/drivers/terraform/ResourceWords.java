package org.meridian.drivers.terraform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Resources as a person would name them, made from their types: any module's, so no list of types is kept. */
final class ResourceWords {
    private static final Set<String> ACRONYMS = Set.of("dns", "eip", "iam", "ip", "lb", "ssh", "tls", "vpc");
    private static final String SPOKEN_WITH_A_VOWEL = "aeioAEI";

    private ResourceWords() {}

    /** Such as {@code a key pair, 3 subnets and a security group}; empty for none. */
    static String of(Map<String, Integer> counts) {
        List<String> things = counts.entrySet().stream()
                .map(entry -> counted(word(entry.getKey()), entry.getValue()))
                .toList();
        return things.size() < 2
                ? String.join("", things)
                : String.join(", ", things.subList(0, things.size() - 1)) + " and " + things.getLast();
    }

    /** A type begins with its provider's name (Terraform language, "Resource Types"). */
    private static String word(String type) {
        return Arrays.stream(type.substring(type.indexOf('_') + 1).split("_", -1))
                .map(part -> ACRONYMS.contains(part) ? part.toUpperCase(Locale.ROOT) : part)
                .collect(Collectors.joining(" "));
    }

    private static String counted(String word, int count) {
        if (count > 1) {
            return count + " " + plural(word);
        }
        boolean vowel = !word.isEmpty() && SPOKEN_WITH_A_VOWEL.indexOf(word.charAt(0)) >= 0;
        return (vowel || word.startsWith("SSH") || word.startsWith("LB") ? "an " : "a ") + word;
    }

    private static String plural(String word) {
        if (word.endsWith("y") && !word.endsWith("ey")) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word + (word.endsWith("s") || word.endsWith("x") ? "es" : "s");
    }
}
