package org.meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.model.Worker;

/** Services that keep data where each new release begins without it. */
class DataLossTest {
    private static final String CACHE = "image: memcached:1.6\n    expose: [11211]\n";
    private static final String ENV = "\nenv: {";

    private final Folder folder;

    DataLossTest(@TempDir Path directory) {
        this.folder = new Folder(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [data:/d]                                     | 9:15 | the volume 'data'
            [/tmp, data:/d:rw]                            | 9:21 | the volume 'data'
            [{ type: volume, source: data, target: /d }]  | 9:39 | the volume 'data'
            [{ source: data, target: /d }]                | 9:25 | the volume 'data'
            [/srv/d:/d]                                   | 9:15 | '/srv/d'
            [/srv/d:/d:rw,z]                              | 9:15 | '/srv/d'
            [{ type: bind, source: /srv/d, target: /d }]  | 9:37 | '/srv/d'
            ["${WHERE:-/srv/d}:/d"]                       | 9:15 | '/srv/d'
            [data:/d, /srv/d:/e]                          | 9:15 | the volume 'data' and '/srv/d'
            [bound:/d]                                    | 9:15 | the volume 'bound'
            """)
    void aServiceThatKeepsDataIsNoSilentLossButAnErrorAtTheMountWithTheChoices(
            String volumes, String place, String what) {
        cache("image: memcached:1.6", volumes);

        assertThat(folder.lines())
                .containsExactly("compose.yaml:" + place + ": services.cache keeps data in " + what
                        + ", and each new release begins without it | Keep it outside the servers, such as in a managed"
                        + " database or object storage, or write 'services: { cache: { ephemeral: true } }' in"
                        + " meridian.yml if it may be lost with each release.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[data:/d:ro]",
                "[/srv/d:/d:ro,z]",
                "[{ type: bind, source: /srv/d, target: /d, read_only: true }]",
                "[/d]",
                "[{ type: volume, target: /d }]",
                "[{ type: tmpfs, target: /d }]",
                "[memory:/d, shared:/e, plugin:/f]",
                "[/var/run/docker.sock:/var/run/docker.sock]",
                "[/etc/localtime:/etc/localtime, /lib/modules:/lib/modules]",
                "[\"${SOCKET:-/home/me/docker.sock}:/var/run/docker.sock\"]",
                "[./conf:/var/lib/postgresql/data]",
            })
    void whatIsReadOnlyInMemoryElsewhereOrTheSystemsIsNoDataOfTheService(String volumes) {
        folder.write("conf", "");
        cache("image: memcached:1.6", volumes);

        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void aRelativeDirectoryOfADatabaseIsItsData() {
        cache("image: postgres:17", "[./init.sql:/docker-entrypoint-initdb.d/a.sql, ./pg:/var/lib/postgresql/data]");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:9:61: services.cache keeps data in './pg', and each");
    }

    @ParameterizedTest
    @CsvSource({
        "./spool:/spool, spool/.gitkeep, holds nothing",
        "./spool:/spool, other, is not here",
        "./spool:/spool, spool/app.conf, ''",
        "./spool:/spool:ro, spool/.hidden, ''",
        "./data/nginx:/etc/nginx/conf.d, other, is not here"
    })
    void aDirectoryThatHoldsNothingIsForWhatTheAppWritesSoItIsAWarning(String mount, String file, String words) {
        folder.write(file, "");
        folder.withCompose("ports: [\"8080:3000\"]", "ports: [\"8080:3000\"]\n    volumes: [" + mount + "]");

        List<String> expected = words.isEmpty()
                ? List.of()
                : List.of("compose.yaml:5:15: services.web.volumes mounts '" + mount.split(":", 2)[0] + "', which "
                        + words
                        + ": each new release begins with an empty directory there | Create it where files are meant;"
                        + " keep data outside the servers.");
        assertThat(folder.load().warnings()).extracting(folder::line).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./library:/usr/src/app/upload",
                "./public/system:/mastodon/public/system",
                "./uploads/images:/images",
                "./storage:/rails/storage",
                "./var:/var/lib/app/data"
            })
    void what_users_bring_in_is_data_and_nothing_to_know_only(String mount) {
        folder.withCompose("ports: [\"8080:3000\"]", "ports: [\"8080:3000\"]\n    volumes: [" + mount + "]");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:5:15: services.web keeps data in '" + mount.split(":", 2)[0] + "', and each");

        onMachinesThatStay("ops@lab-1.example.com, ops@lab-2.example.com");
        assertThat(folder.lines()).singleElement().asString().contains("and each new release begins without it");

        onMachinesThatStay("ops@lab-1.example.com");
        assertThat(folder.lines()).singleElement().asString().contains("which lies among the files of a release");
    }

    @Test
    void files_that_are_there_are_no_data_whatever_their_name() {
        folder.write("media/logo.svg", "<svg/>")
                .withCompose(
                        "ports: [\"8080:3000\"]",
                        "ports: [\"8080:3000\"]\n    volumes: [./media:/media, ./a.conf:/files]")
                .write("a.conf", "a");

        assertThat(folder.load().requireReleasable().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$PWD", "${PWD}"})
    void a_path_of_the_shell_is_no_volume(String shell) {
        cache("image: memcached:1.6", "[\"" + shell + "/Caddyfile:/etc/Caddyfile\"]");
        folder.write(
                "meridian.yml",
                Folder.GOOD
                        .replace("      secrets: env-file:secrets.env\n", "")
                        .replace(", secrets: [env-file:secrets.env]", ""));

        assertThat(folder.lines())
                .containsExactly("compose.yaml:9:15: services.cache.volumes mounts '" + shell
                        + "/Caddyfile', which is in the directory of your shell and not on a server | Write './Caddyfile',"
                        + " which counts from the Compose file.");
    }

    @Test
    void a_variable_is_named_without_what_is_written_after_it() {
        cache("image: memcached:1.6", "[\"${DATA:?set ${A:-b} to a directory}/x:/data\"]");

        assertThat(folder.lines()).singleElement().asString().contains("keeps data in '${DATA}/x', and");
    }

    @Test
    void theAppsOwnServicesCountToo() {
        folder.withCompose("ports: [\"8080:3000\"]", "ports: [\"8080:3000\"]\n    volumes: [/srv/uploads:/uploads]");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:5:15: services.web keeps data in '/srv/uploads', and each");
    }

    @Test
    void aServiceWhoseDataMayBeLostIsAcceptedWithoutAWord() {
        cache("image: redis:7\n    command: redis-server --appendonly yes", "[data:/data]");
        folder.with(
                ENV, "\nservices: { cache: { ephemeral: true }, worker: { role: support, ephemeral: false } }" + ENV);

        Configuration configuration = folder.load();

        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.app().duties().workers()).isEmpty();
    }

    @Test
    void whatIsNotLostOnPurposeIsStillAnError() {
        cache("image: memcached:1.6", "[data:/d]");
        folder.with(ENV, "\nservices: { cache: { ephemeral: false } }" + ENV);

        assertThat(folder.problems()).extracting(Diagnostic::code).containsExactly("kept-data");
        assertThat(folder.with(ENV, "\nservices: { cache: { ephemeral: maybe } }" + ENV)
                        .lines())
                .anySatisfy(line -> assertThat(line).contains("services.cache.ephemeral: 'maybe' is not known"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres:17",
                "ghcr.io/team/postgres:16",
                "bitnami/postgresql",
                "mysql:8",
                "mariadb",
                "mongo:7",
                "mcr.microsoft.com/mssql/server:2022-latest",
                "redis:7\n    command: redis-server --appendonly yes --dir /data",
                "valkey/valkey:8\n    command: [valkey-server, --save, 60 1]",
                "postgres:17\n    volumes: [./init.sql:/docker-entrypoint-initdb.d/a.sql:ro, /var/lib/postgresql/data]",
            })
    void aDatabaseWithoutAVolumeIsAWarning(String image) {
        folder.write("init.sql", "").withCompose("image: memcached:1.6\n", "image: " + image + "\n");

        assertThat(folder.load().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("database-data");
            assertThat(folder.line(warning))
                    .startsWith("compose.yaml:7:3: services.cache keeps its data in its container, and each server")
                    .contains("services: { cache: { ephemeral: true } }");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis:7", "redis:7\n    command: redis-server --save '' --appendonly no", "memcached"})
    void aCacheIsNoDatabase(String image) {
        folder.withCompose("image: memcached:1.6\n", "image: " + image + "\n");

        assertThat(folder.load().warnings()).isEmpty();
    }

    @Test
    void onSeveralMachinesThatStayAVolumeStillGoesWithItsRelease() {
        onMachinesThatStay("ops@lab-1.example.com, ops@lab-2.example.com");
        cache("image: memcached:1.6", "[data:/d]");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains("services.cache keeps data in the volume 'data', and each new release begins without it");
    }

    @Test
    void onSeveralMachinesThatStayTwoReleasesWouldWriteOneDirectoryOfADatabase() {
        onMachinesThatStay("ops@lab-1.example.com, ops@lab-2.example.com");
        cache("image: postgres:17", "[/srv/pg:/var/lib/postgresql/data]");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains("keeps data in '/srv/pg', where the containers of two releases would write at the same time");
    }

    @Test
    void onMachinesThatStayADirectoryOfTheAppIsThereForTheNextRelease() {
        onMachinesThatStay("ops@lab-1.example.com, ops@lab-2.example.com");
        folder.withCompose("ports: [\"8080:3000\"]", "ports: [\"8080:3000\"]\n    volumes: [/srv/uploads:/uploads]");

        assertThat(folder.load().app().duties().workers()).isEqualTo(Map.of("worker", Worker.EVERYWHERE));
    }

    @Test
    void theFirstConfigurationListsTheChoices() {
        cache("image: memcached:1.6", "[data:/d]");

        Starter starter = new Initializer(folder.path("other.yml")).propose();

        assertThat(Optional.of(starter.text()))
                .get()
                .asString()
                .contains("# - compose.yaml:9:15: services.cache keeps data in the volume 'data'")
                .contains("#   Keep it outside the servers")
                .contains("'services: { cache: { ephemeral: true } }'");
    }

    private void cache(String image, String volumes) {
        folder.write(
                "compose.yaml",
                Folder.replaced(Folder.COMPOSE, CACHE, image + "\n    volumes: " + volumes + "\n") + """
                volumes:
                  data:
                  memory: { driver_opts: { type: tmpfs, device: tmpfs } }
                  shared: { driver: local, driver_opts: { type: nfs, o: addr=10.0.0.4, device: ":/d" } }
                  plugin: { driver: rexray/ebs }
                  bound: { driver_opts: { type: none, o: bind, device: /srv/d } }
                """);
    }

    private void onMachinesThatStay(String hosts) {
        folder.write("meridian.yml", """
                app: journal
                image: registry.example.com/journal
                regions:
                  lab: { provider: hosts, location: DE, hosts: [%s] }
                serve: { service: web, port: 3000, health: { path: /up } }
                """.formatted(hosts));
    }
}
