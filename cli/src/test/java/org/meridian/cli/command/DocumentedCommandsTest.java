package org.meridian.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meridian.cli.fake.CommandLineRun;
import org.meridian.cli.fake.FakeConsole;
import org.meridian.cli.view.Console;
import picocli.CommandLine.ParameterException;

/** The commands that the documentation shows in blocks, as somebody would type them. */
final class DocumentedCommandsTest {
    /** A line of an indented or fenced block, with or without a prompt. */
    private static final Pattern COMMAND = Pattern.compile("^ *(?:\\$ )?(?:\\./)?meridian (.+)$", Pattern.MULTILINE);

    private static final Pattern BLOCK =
            Pattern.compile("^```[a-z]*\\n.*?^```$|(?:^ {4,}\\S.*\\n?)+", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");

    @ParameterizedTest
    @MethodSource("shown")
    void a_command_that_the_documentation_shows_is_one_that_there_is(Shown shown) {
        assertThatCode(() -> parse(shown)).doesNotThrowAnyException();
    }

    @Test
    void a_command_that_there_is_not_would_be_found() {
        assertThatCode(() -> parse(new Shown("page.md", "deploy --tga v2 # never")))
                .isInstanceOf(ParameterException.class);
        assertThat(shown()).hasSizeGreaterThan(40);
    }

    private static void parse(Shown shown) {
        Console console = FakeConsole.pipe().console();
        var options = new MeridianCommand();
        Tools tools = CommandLineRun.tools((file, events) -> {
            throw new AssertionError("nothing is carried out here");
        });
        Commands.commandLine(options, new Problems(options, console), tools, console, shown.words())
                .parseArgs(shown.words());
    }

    static List<Shown> shown() {
        List<Shown> all = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult block : BLOCK.matcher(read(page)).results().toList()) {
                COMMAND.matcher(block.group().replace("\\\n", " "))
                        .results()
                        .forEach(found -> all.add(new Shown(page.toString(), found.group(1))));
            }
        }
        return all;
    }

    private static List<Path> pages() {
        Path root = Path.of("..");
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(Stream.of(root.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A command.
     *
     * @param page where it stands
     * @param line what follows the program's name, with what a shell would take away
     */
    record Shown(String page, String line) {
        /** The arguments, as a shell would split them. */
        String[] words() {
            List<String> words = new ArrayList<>();
            for (MatchResult word : WORD.matcher(line).results().toList()) {
                String text = word.group();
                if (text.startsWith("#") || text.equals(">") || text.equals("|")) {
                    break;
                }
                words.add(text.replaceAll("^[\"']|[\"']$", ""));
            }
            return words.toArray(String[]::new);
        }
    }
}
