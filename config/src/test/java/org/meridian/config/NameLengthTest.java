package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.model.App;
import org.meridian.core.model.ReleaseId;
import org.meridian.core.model.ServerName;

class NameLengthTest {
    private Folder folder;

    @BeforeEach
    void prepare(@TempDir Path directory) {
        folder = new Folder(directory);
    }

    @Test
    void theLongestNamesThatAreAllowedMakeServerNames() {
        App app = load("a".repeat(25), "b".repeat(27), 9);

        ServerName name = ServerName.of(app.name(), app.primary(), new ReleaseId(999_999), 9);

        assertThat(name.value()).hasSize(63);
    }

    @Test
    void oneLetterMoreIsRefusedAtTheRegion() {
        write("a".repeat(25), "b".repeat(28), 9);

        assertThat(folder.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("meridian.yml:4:3: regions." + "b".repeat(28) + ": servers here would have")
                .contains("names of 64 characters")
                .endsWith("Shorten the region's or the app's name by 1."));
    }

    private App load(String app, String region, int servers) {
        write(app, region, servers);
        return folder.app();
    }

    private void write(String app, String region, int servers) {
        folder.write("meridian.yml", """
                app: %s
                image: registry.example.com/journal
                regions:
                  %s: { provider: local, location: DE, servers: %d }
                serve: { service: web, port: 3000 }
                """.formatted(app, region, servers));
    }
}
