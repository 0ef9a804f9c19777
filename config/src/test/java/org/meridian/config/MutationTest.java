package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;

/** Whatever is done to the files, loading ends with a configuration or with problems that have a place. */
class MutationTest {
    private static final int FILES_PER_SEED = 100;
    private static final List<String> PIECES = List.of(
            "\t",
            "\n",
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
            "no",
            "${",
            "$",
            "}}",
            "\\",
            "\0",
            "\u0085",
            "\uFEFF",
            "é",
            "😀",
            "%",
            "@",
            "`",
            ",",
            "eu",
            "web",
            "3000",
            "ms",
            "/s",
            "env-file:");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMutatedFileNeverFailsInAnyOtherWay(long seed, @TempDir Path directory) {
        Random random = new Random(seed);
        Folder folder = new Folder(directory);
        int refused = 0;
        for (int i = 0; i < FILES_PER_SEED; i++) {
            boolean config = random.nextInt(3) > 0;
            String text = mutated(config ? Folder.GOOD : Folder.COMPOSE, random);
            folder.write("meridian.yml", config ? text : Folder.GOOD);
            folder.write("compose.yaml", config ? Folder.COMPOSE : text);
            refused += refused(folder, text) ? 1 : 0;
        }
        // Otherwise the mutations are too tame to show anything.
        assertThat(refused).isGreaterThan(FILES_PER_SEED / 3);
    }

    private static boolean refused(Folder folder, String text) {
        try {
            folder.load();
            return false;
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure.diagnostics()).as(text).isNotEmpty().allSatisfy(MutationTest::isComplete);
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("this file makes the loader fail:\n" + text, e);
        }
    }

    private static void isComplete(Diagnostic problem) {
        assertThat(problem.where()).isPresent();
        assertThat(problem.summary()).isNotBlank();
        assertThat(problem.suggestion()).isNotBlank();
    }

    private static String mutated(String text, Random random) {
        String result = text;
        for (int i = random.nextInt(3); i >= 0; i--) {
            result = switch (random.nextInt(5)) {
                case 0 -> withPiece(result, random);
                case 1 -> withoutSome(result, random);
                case 2 -> withLinesSwapped(result, random);
                case 3 -> withLineRepeated(result, random);
                default -> withTokenReplaced(result, random);
            };
        }
        return result;
    }

    private static String withPiece(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + piece(random) + text.substring(at);
    }

    private static String withoutSome(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(20));
        return text.substring(0, from) + text.substring(to);
    }

    private static String withLinesSwapped(String text, Random random) {
        List<String> lines = lines(text);
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        String kept = lines.set(one, lines.get(other));
        lines.set(other, kept);
        return String.join("\n", lines);
    }

    private static String withLineRepeated(String text, Random random) {
        List<String> lines = lines(text);
        lines.add(random.nextInt(lines.size() + 1), lines.get(random.nextInt(lines.size())));
        return String.join("\n", lines);
    }

    private static String withTokenReplaced(String text, Random random) {
        List<String> lines = lines(text);
        int at = random.nextInt(lines.size());
        String[] words = lines.get(at).split("(?<= )", -1);
        words[random.nextInt(words.length)] = piece(random);
        lines.set(at, String.join("", words));
        return String.join("\n", lines);
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
