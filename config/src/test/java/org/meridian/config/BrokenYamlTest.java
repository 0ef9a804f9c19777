package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenYamlTest {
    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("", "meridian.yml:1:1: ", "is empty"),
                arguments("# nothing\n", "meridian.yml:1:1: ", "is empty"),
                arguments(
                        "app:\n\tjournal\n", "meridian.yml:2:1: ", "a tab stands where only spaces may | Indent with"),
                arguments(
                        "app: a\nregions:\n  eu: x\n us: y\n",
                        "meridian.yml:4:2: ",
                        "Indent this line like the others"),
                arguments("app: a: b\n", "meridian.yml:1:7: ", "quote a value that has ': ' in it"),
                arguments("app: a\nregions\n  eu: x\n", "meridian.yml:2:1: ", "Write 'key: value'"),
                arguments("regions:\n  eu\n\n    provider: a\n", "meridian.yml:2:3: ", "Write 'key: value'"),
                arguments("serve:\n  service web\n  port: 1\n", "meridian.yml:2:3: ", "Write 'key: value'"),
                arguments("a:\n- b\nc: d: e\n", "meridian.yml:3:5: ", "quote a value"),
                arguments("app: a\nregions\nserve: x\n", "meridian.yml:2:1: ", "'key: value', with a space"),
                arguments("app: \"journal\n", "meridian.yml:1:6: ", "Close the quote that is opened here."),
                arguments(
                        "app: [a, b\nserve: x\n",
                        "meridian.yml:2:6: ",
                        "flow sequence, from line 1) | Close the bracket or brace"),
                arguments("app: @journal\n", "meridian.yml:1:6: ", "Put the value in quotes."),
                arguments("app: a\n---\napp: b\n", "meridian.yml:2:1: ", "a second document begins here"),
                arguments("app: *name\n", "meridian.yml:1:6: ", "no value above is anchored as '&name'"),
                arguments("app: &nme a\nimage: *name\n", "meridian.yml:2:8: ", "Did you mean '*nme'?"),
                arguments("app: &a [*a]\n", "meridian.yml:1:10: ", "no value above is anchored as '&a'"),
                arguments("app: a\n<<: b\n", "meridian.yml:2:5: ", "'<<' takes in keys with values, not 'b'"),
                arguments("? [a, b]\n: c\n", "meridian.yml:1:3: ", "a key is a single word, not a list"),
                arguments("app: a\u0007b\n", "meridian.yml:1:7: ", "the character U+0007 can't stand"),
                arguments("[".repeat(5000), "meridian.yml:1:101: ", "nested more than 100 deep"),
                arguments("- app\n", "meridian.yml:1:1: ", "the file: a list stands where keys with values"),
                arguments("journal\n", "meridian.yml:1:1: ", "the file: 'journal' stands where keys with values"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsNoYamlGivesOneProblemWhereItBreaks(String text, String place, String words, @TempDir Path directory) {
        Folder folder = new Folder(directory).write("meridian.yml", text);

        assertThat(folder.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(place).contains(words));
    }

    @Test
    void aTagIsRefusedAtItsPlace(@TempDir Path directory) {
        Folder folder = new Folder(directory).with("app: journal", "app: !name journal");

        assertThat(folder.lines()).containsExactly("meridian.yml:1:6: the tag '!name' means nothing here | Remove it.");
    }

    @Test
    void bytesThatAreNoTextAreRefused(@TempDir Path directory) throws IOException {
        Folder folder = new Folder(directory);
        Files.write(folder.path("meridian.yml"), new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});

        assertThat(folder.lines()).containsExactly("meridian.yml is not text in UTF-8 | Save it as UTF-8.");
    }

    @Test
    void aBrokenComposeFileIsReportedBesideOtherProblems(@TempDir Path directory) {
        Folder folder = new Folder(directory)
                .with("servers: 2", "servers: two")
                .write("compose.yaml", "services:\n  web: [a\n");

        assertThat(folder.lines()).hasSize(2).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("meridian.yml:9:14: ");
            assertThat(lines.get(1)).startsWith("compose.yaml:2:8: ").contains("Close the bracket");
        });
    }

    @Test
    void aliasesThatMultiplyDoNotTakeLong(@TempDir Path directory) {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        Folder folder = new Folder(directory).write("meridian.yml", bomb + "env: *a59\n" + Folder.GOOD);

        assertThat(folder.problems()).singleElement().satisfies(problem -> assertThat(problem.summary())
                .contains("aliases counted as what they stand for"));
    }

    @Test
    void anEmojiMayStandAnywhere(@TempDir Path directory) {
        Folder folder = new Folder(directory);
        for (int before = 1_000; before < 1_050; before++) {
            folder.write("meridian.yml", "#" + "a".repeat(before) + "😀\n" + Folder.GOOD);
            assertThat(folder.problems()).isEmpty();
        }
    }
}
