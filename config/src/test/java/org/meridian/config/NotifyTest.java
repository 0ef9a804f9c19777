package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.NotifySettings;
import org.meridian.core.model.NotifySettings.Form;
import org.meridian.core.model.Secret;

class NotifyTest {
    private static final String SLACK = "slack: env:SLACK_WEBHOOK_URL";

    private final Folder folder;

    NotifyTest(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @Test
    void anAddressMayStandInAFileThatNobodyElseReads() throws IOException {
        folder.with(SLACK, "slack: file:secrets/slack").write("secrets/slack", "https://hooks.example.com/a\n");
        Files.setPosixFilePermissions(folder.path("secrets/slack"), PosixFilePermissions.fromString("rw-------"));

        assertThat(folder.app().notices().getFirst())
                .isEqualTo(new NotifySettings(Form.SLACK, Secret.of("https://hooks.example.com/a")));
        assertThat(folder.load().warnings()).isEmpty();
    }

    @Test
    void aVariableThatIsNotSetIsAWarningSinceTellingNeverStopsARollout() {
        folder.with(SLACK, "slack: env:NO_SUCH_VARIABLE");

        assertThat(folder.app().notices()).extracting(NotifySettings::form).containsExactly(Form.WEBHOOK);
        assertThat(folder.load().warnings()).singleElement().satisfies(warning -> assertThat(folder.line(warning))
                .isEqualTo("meridian.yml:31:12: notify[1].slack: the variable NO_SUCH_VARIABLE is not set, so nobody is"
                        + " told there | Set it where Meridian runs, or take the line out."));
    }

    @Test
    void anAddressInTheFileItselfWorksWithAWarningThatDoesNotRepeatIt() {
        folder.with(SLACK, "slack: https://hooks.example.com/verysecret");

        assertThat(folder.app().notices().getFirst())
                .isEqualTo(new NotifySettings(Form.SLACK, Secret.of("https://hooks.example.com/verysecret")));
        assertThat(folder.load().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.summary()).contains("whoever reads this file can post");
            assertThat(warning.toString()).doesNotContain("verysecret");
        });
    }

    @Test
    void whatTheModelPrintsHasNoAddress() {
        assertThat(folder.app().toString()).contains("SLACK").doesNotContain("verysecret");
    }
}
