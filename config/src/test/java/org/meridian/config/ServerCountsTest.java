package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.RegionName;

class ServerCountsTest {
    private static final RegionName EU = new RegionName("eu");
    private static final RegionName US = new RegionName("us");
    private static final String REST = """
            serve: { service: web, port: 3000 }
            """;
    private static final String USUAL = """
            # Who reads this?
            app: journal
            image: journal   # no tag
            primary: eu
            regions:
              eu: { provider: local, location: DE, servers: 2, env: { LABEL: "𝄞", servers: 2 } }   # two, for now
              us:
                provider: local
                location: US
                servers:   2 # as well
            """ + REST;

    private Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void writeTheCompose(@TempDir Path fresh) throws IOException {
        directory = fresh;
        Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web:
                    image: journal
                    ports: ["3000:3000"]
                """);
        file = directory.resolve("meridian.yml");
    }

    @Test
    void only_the_numbers_change() throws IOException {
        Files.writeString(file, USUAL);
        ServerCounts counts = ServerCounts.in(file, Map.of(EU, 3, US, 12));

        assertThat(counts.configuration().app().region(EU).servers()).isEqualTo(3);
        assertThat(counts.configuration().app().region(US).servers()).isEqualTo(12);
        assertThat(file).as("nothing is written yet").hasContent(USUAL);
        counts.write();

        assertThat(file)
                .hasContent(USUAL.replace("DE, servers: 2,", "DE, servers: 3,")
                        .replace("servers:   2 # as well", "servers:   12 # as well"));
        counts.restore();
        assertThat(file).hasContent(USUAL);
    }

    @Test
    void lines_that_end_as_on_windows_and_wide_characters_before_the_number_do_no_harm() throws IOException {
        String text = USUAL.replace("\n", "\r\n").replace("DE, servers", "DE, size: \"𝄞𝄞\", servers");
        Files.writeString(file, text);

        ServerCounts.in(file, Map.of(EU, 4)).write();

        assertThat(Files.readString(file)).isEqualTo(text.replace("\", servers: 2,", "\", servers: 4,"));
    }

    @Test
    void the_file_keeps_its_permissions_and_a_link_stays_one() throws IOException {
        Path real = directory.resolve("real.yml");
        Files.writeString(real, USUAL);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(file, real.getFileName());

        ServerCounts.in(file, Map.of(EU, 3)).write();

        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).contains("DE, servers: 3,");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("nothing else is left").hasSize(3);
        }
    }

    @Test
    void what_somebody_else_wrote_meanwhile_is_not_overwritten() throws IOException {
        Files.writeString(file, USUAL);
        ServerCounts counts = ServerCounts.in(file, Map.of(EU, 3));
        Files.writeString(file, USUAL + "# mine\n");

        assertThatThrownBy(counts::write).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.diagnostic().code())
                .isEqualTo("file-changed"));
        assertThat(file).hasContent(USUAL + "# mine\n");
    }

    @Test
    void a_region_that_is_not_there_is_answered_with_one_that_is() throws IOException {
        Files.writeString(file, USUAL);
        Diagnostic problem = refused(Map.of(new RegionName("uk"), 3));
        assertThat(problem.summary()).isEqualTo("there is no region 'uk'");
        assertThat(problem.suggestion()).contains("Did you mean 'us'?");
    }

    @Test
    void numbers_out_of_range_are_refused() throws IOException {
        Files.writeString(file, USUAL);
        assertThat(refused(Map.of(EU, 0)).summary()).isEqualTo("eu=0 is outside 1 to 1000");
        assertThat(refused(Map.of(EU, 1001)).code()).isEqualTo("out-of-range");
    }

    @Test
    void all_problems_are_told_at_once() throws IOException {
        Files.writeString(file, USUAL);
        assertThatThrownBy(() -> ServerCounts.in(file, Map.of(EU, 0, new RegionName("ap"), 1)))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.diagnostics())
                        .hasSize(2));
    }

    @Test
    void a_region_counts_the_machines_that_it_has() throws IOException {
        Files.writeString(file, """
                app: journal
                image: journal
                regions:
                  lab: { provider: hosts, location: DE, hosts: [ops@192.0.2.7] }
                """ + REST);
        Diagnostic problem = refused(Map.of(new RegionName("lab"), 2));
        assertThat(problem.code()).isEqualTo("counted-hosts");
        assertThat(problem.suggestion()).contains("Add a machine to its 'hosts'");
    }

    @Test
    void a_region_without_a_number_is_told_what_to_write() throws IOException {
        Files.writeString(file, """
                app: journal
                image: journal
                regions:
                  eu: { provider: local, location: DE }
                """ + REST);
        assertThat(refused(Map.of(EU, 3)).suggestion()).startsWith("Write 'servers: 3' into the region");
    }

    @Test
    void a_number_that_is_other_regions_too_is_not_changed() throws IOException {
        for (String regions : new String[] {
            "  eu: &all { provider: local, location: DE, servers: 2 }\n  us: { <<: *all, location: US }\n",
            "  eu: { provider: local, location: DE, servers: &n 2 }\n  us: { provider: local, location: US, servers: *n }\n",
            "  eu: &all { provider: local, location: DE, servers: 2 }\n  us: *all\n"
        }) {
            Files.writeString(file, "app: journal\nimage: journal\nprimary: eu\nregions:\n" + regions + REST);
            assertThat(refused(Map.of(EU, 3)).code()).as(regions).isEqualTo("not-editable");
            assertThat(refused(Map.of(US, 3)).code()).as(regions).isEqualTo("not-editable");
        }
    }

    private Diagnostic refused(Map<RegionName, Integer> counts) {
        try {
            ServerCounts.in(file, counts);
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure.diagnostic().where()).isPresent();
            return failure.diagnostic();
        }
        throw new AssertionError("nothing was refused");
    }
}
