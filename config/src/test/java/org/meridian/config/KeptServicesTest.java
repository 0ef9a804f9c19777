package org.meridian.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.Definition;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Kept.KeptService;

/** Services that outlive releases on one machine that stays. */
class KeptServicesTest {
    private final Folder folder;

    KeptServicesTest(@TempDir Path directory) {
        this.folder = new Folder(directory);
        folder.write("meridian.yml", """
                app: journal
                image: registry.example.com/journal
                regions: { lab: { provider: hosts, location: DE, hosts: [ops@lab-1.example.com] } }
                serve: { service: web, port: 3000, health: { path: /up } }
                """);
    }

    @Test
    void aServiceWithAVolumeLeavesTheReleaseAndTheOthersNoLongerWaitForIt() {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000], depends_on: [db, cache], volumes: [uploads:/u] }
                  worker: { image: registry.example.com/journal, depends_on: { db: { condition: service_healthy } } }
                  db:
                    image: postgres:17
                    volumes: [data:/var/lib/postgresql/data, /srv/wal:/wal, ./init.sql:/docker-entrypoint-initdb.d/a.sql:ro]
                    networks: { back: { aliases: [database] } }
                  cache: { image: memcached }
                """, "volumes: { data: , uploads: , other: }\nnetworks: { back: }\n");

        Kept kept = kept();

        assertThat(folder.problems()).isEmpty();
        assertThat(kept.services()).containsOnlyKeys("db");
        KeptService db = database();
        assertThat(db.networks()).isEqualTo(Map.of("back", List.of("db", "database")));
        assertThat(db.volumes()).containsExactly("meridian-journal-data_data");
        assertThat(db.directories()).containsExactly("/srv/wal");
        assertThat(kept.volumes())
                .isEqualTo(Map.of("data", "meridian-journal-data_data", "uploads", "meridian-journal-data_uploads"));
        assertThat(kept.dependencies()).isEqualTo(Map.of("web", "[\"cache\"]", "worker", "{}"));
    }

    @Test
    void aVolumeThatHasANameOfItsOwnOrWasThereKeepsIt() {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db: { image: postgres, volumes: [a:/var/lib/postgresql/data, b:/b, c:/c] }
                """, "volumes: { a: { name: notes_pg }, b: { external: true }, c: { external: true, name: old_c } }\n");

        assertThat(folder.problems()).isEmpty();
        assertThat(database().volumes()).containsExactly("notes_pg", "b", "old_c");
        assertThat(kept().volumes()).isEqualTo(Map.of("a", "notes_pg"));
    }

    @Test
    void onlyWhatItIsDefinedByTellsDefinitionsApart() {
        folder.write("init.sql", "create table notes ();");
        String first = definition("image: postgres:17");
        assertThat(definition("image: postgres:17 # a remark")).isEqualTo(first);
        assertThat(definition("image: postgres:18")).isNotEqualTo(first);
        folder.write("init.sql", "create table others ();");
        assertThat(definition("image: postgres:17")).isNotEqualTo(first);
    }

    @Test
    void whatChangedInADefinitionIsKnownByItsKeys() {
        folder.write("init.sql", "create table notes ();");
        String first = definition("image: postgres:17");
        folder.write("init.sql", "create table others ();");

        assertThat(Definition.changed(first, definition("image: postgres:18\n    mem_limit: 1g")))
                .containsExactly("./init.sql", "image", "mem_limit");
        assertThat(first).as("a word for a shell").matches("[A-Za-z0-9_./=,-]+");
        assertThat(Definition.changed("0123456789ab", first)).isEmpty();
    }

    private String definition(String image) {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db:
                    %s
                    volumes: [data:/var/lib/postgresql/data, ./init.sql:/docker-entrypoint-initdb.d/a.sql:ro]
                """.formatted(image), "volumes: { data: }\n");
        return database().definition();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data:/d        | depends_on: [web]      | services.cache keeps data and goes on when releases change; its depends_on names 'web'
            data:/d        | network_mode: service:web | its network_mode names 'web', which each release replaces
            ./pg:/data     | command: redis-server --appendonly yes | keeps data in './pg', which lies among the files
            bound:/d       | init: true             | keeps data in the volume 'bound', which has options of its own
            """)
    void whatTiesItToAReleaseIsAnErrorWithItsPlace(String mount, String line, String words) {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  cache:
                    image: redis
                    volumes: [%s]
                    %s
                """.formatted(mount, line), """
                volumes:
                  data:
                  bound: { driver_opts: { type: none, o: bind, device: /srv/d } }
                """);

        assertThat(folder.problems()).extracting(Diagnostic::code).containsExactly("kept-data");
        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:")
                .contains(words);
    }

    @Test
    void anAppThatSharesTheNetworkOfItsDatabaseCanNotOutliveItsOwnStart() {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000], ipc: "service:db" }
                  db: { image: postgres, volumes: [data:/var/lib/postgresql/data] }
                """, "volumes: { data: }\n");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .contains("services.web is replaced by each release; its ipc names 'db', which keeps data and goes on");
    }

    @Test
    void aCacheThatMayBeLostStaysInTheRelease() {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  cache: { image: redis, volumes: [data:/data] }
                """, "volumes: { data: }\n");
        folder.write("meridian.yml", folder.text() + "services: { cache: { ephemeral: true } }\n");

        assertThat(kept()).isEqualTo(Kept.NONE);
    }

    @Test
    void aBackupByScheduleIsKnownAndMakesNoOtherRelease() {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db: { image: postgres, volumes: [a:/var/lib/postgresql/data] }
                """, "volumes: { a: }\n");
        String before = kept().toString();
        folder.write(
                "meridian.yml",
                folder.text()
                        + "services: { db: { backup: { schedule: '30 3 * * *', timezone: Europe/Zurich, keep: 3 } } }\n");

        assertThat(folder.problems()).isEmpty();
        assertThat(database().backup().schedule().orElseThrow().calendar())
                .containsExactly("*-*-* 03:30:00 Europe/Zurich");
        assertThat(database().backup().command().orElseThrow()).contains("pg_dump");
        assertThat(kept().toString()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis:7", "docker.io/valkey/valkey:8-alpine"})
    void redisAndValkeyAreBackedUpAndRestoredWithoutAWrittenCommand(String image) {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db: { image: '%s', volumes: [a:/data] }
                """.formatted(image), "volumes: { a: }\n");

        assertThat(database().backup().command().orElseThrow())
                .contains("REDISCLI_AUTH=\"$REDIS_PASSWORD\"")
                .endsWith("exec \"$client\" --rdb -\n");
        assertThat(database().backup().restore().orElseThrow())
                .contains("printf '%s\\n' 'port 16379'")
                .contains("ask REPLICAOF 127.0.0.1 16379")
                .contains("watch_over </dev/null >/dev/null 2>&1 &")
                .contains("ask REPLICAOF NO ONE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            db: { backup: { schedule: daily } }                            | 'daily' is no schedule
            queue: { backup: { schedule: "0 3 * * *" } }                   | nobody has said how services.queue is backed up
            db: { backup: { schedule: "0 3 * * *", timezone: Zurich } }    | there is no time zone 'Zurich'
            """)
    void aScheduleThatCanNotBeIsAnErrorWhereItIsWritten(String written, String words) {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db: { image: postgres, volumes: [a:/var/lib/postgresql/data] }
                  queue: { image: beanstalkd, volumes: [queue:/data] }
                """, "volumes: { a: , queue: }\n");
        folder.write("meridian.yml", folder.text() + "services: { " + written + " }\n");

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("meridian.yml:")
                .contains(words);
    }

    @Test
    void backupsGoToAnotherDirectoryOrToABucketWhoseKeyIsASecret() {
        folder.write("backups.env", "AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=key\n");

        assertThat(backupTo("/mnt/copies of data").directory()).contains("/mnt/copies of data");
        assertThat(backupTo("{ s3: s3://copies/notes/, region: eu-west-1, credentials: env-file:backups.env }")
                        .bucket())
                .contains(new BackupBucket("copies", "notes", Optional.empty(), "eu-west-1", "env-file:backups.env"));
        assertThat(backupTo("{ s3: copies, endpoint: 'https://s3.example.com', credentials: env-file:backups.env }")
                        .bucket())
                .contains(new BackupBucket(
                        "copies",
                        "",
                        Optional.of(URI.create("https://s3.example.com")),
                        "us-east-1",
                        "env-file:backups.env"));
        assertThat(backupTo("/mnt/copies").command().orElseThrow()).contains("pg_dump");
        assertThat(database().backup().bucket()).isEmpty();
    }

    private Backup backupTo(String place) {
        withBackupTo(place);
        assertThat(folder.problems()).isEmpty();
        return database().backup();
    }

    private void withBackupTo(String place) {
        compose("""
                  web: { image: registry.example.com/journal, expose: [3000] }
                  db: { image: postgres, volumes: [a:/var/lib/postgresql/data] }
                """, "volumes: { a: }\n");
        folder.write(
                "meridian.yml",
                folder.text().replaceFirst("(?s)services:.*", "") + "services: { db: { backup: { to: " + place
                        + " } } }\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            copies                                                         | 'copies' is not the absolute path of a directory
            /mnt/../etc                                                    | '/mnt/../etc' is not the absolute path
            /mnt/./copies                                                  | '/mnt/./copies' is not the absolute path
            /mnt//copies                                                   | '/mnt//copies' is not the absolute path
            /mnt/copies/                                                   | '/mnt/copies/' is not the absolute path
            /                                                              | '/' is not the absolute path
            /run/copies                                                    | what is in /run does not stay
            s3://copies/notes                                              | a bucket needs a region or an endpoint, and credentials
            { s3: copies, credentials: "command:pass backups" }            | services.db.backup.to.region is missing
            { s3: copies, region: eu-west-1 }                              | services.db.backup.to.credentials is missing
            { s3: Copies, region: eu-west-1, credentials: "command:pass" } | 'Copies' can't be a bucket's name
            { s3: copies, region: eu-west-1, credentials: secret-key }     | 'secret-key' is not a reference to secrets
            """)
    void aPlaceForBackupsThatCanNotBeIsAnErrorWhereItIsWritten(String written, String words) {
        withBackupTo(written);

        assertThat(folder.lines())
                .singleElement()
                .asString()
                .startsWith("meridian.yml:5:")
                .contains(words);
    }

    private static final String SEVERAL = """
            app: journal
            image: registry.example.com/journal
            primary: lab
            regions:
              lab: { provider: hosts, location: DE, hosts: [ops@lab-1.example.com, { ssh: ops@10.0.0.6, address: 10.1.0.6 }] }
              far: { provider: hosts, location: US, hosts: [ops@far-1.example.com, ops@far-2.example.com], servers: 1 }
            serve: { service: web, port: 3000, health: { path: /up } }
            """;

    private static final String DATABASES = """
              web: { image: registry.example.com/journal, expose: [3000], depends_on: [db], networks: [front, back] }
              worker: { image: registry.example.com/journal, networks: [front] }
              db:
                image: postgres:17
                expose: [5432]
                volumes: [data:/var/lib/postgresql/data]
                networks: { back: { aliases: [database] } }
              queue: { image: redis, volumes: [queue:/data], networks: [front] }
            """;

    @Test
    void theOtherMachinesFindAServiceOfOneMachineUnderItsNamesAtThePublishedAddress() {
        several("db: { machine: lab-1, publish: 10.0.0.5:5432 }, queue: { machine: lab-1, publish: 10.0.0.5:6379 }");

        Kept kept = kept();

        assertThat(folder.problems()).isEmpty();
        assertThat(kept.machine()).contains("ops@lab-1.example.com");
        assertThat(database().published()).contains("10.0.0.5:5432:5432");
        assertThat(kept.hosts())
                .isEqualTo(Map.of(
                        "web",
                        List.of("database=10.0.0.5", "db=10.0.0.5", "queue=10.0.0.5"),
                        "worker",
                        List.of("queue=10.0.0.5")));
        assertThat(kept.volumes()).containsOnlyKeys("data", "queue");
    }

    @Test
    void aMachineIsWrittenAsInTheListOrWithoutItsUser() {
        for (String machine : List.of("ops@10.0.0.6", "10.0.0.6")) {
            several("db: { machine: " + machine + ", publish: 10.0.0.6:5432 }, queue: { ephemeral: true }");
            assertThat(folder.problems()).as(machine).isEmpty();
            assertThat(kept().machine()).contains("ops@10.0.0.6");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            db: {}                                         | keeps data in the volume 'data'
            db: { publish: 10.0.0.5:5432 }                 | it is not said on which machine that is
            db: { machine: lab-1 }                         | nothing says where they reach services.db
            db: { machine: lab-7, publish: 10.0.0.5:5432 } | no region lists a machine 'lab-7'
            db: { machine: far-2, publish: 10.0.0.5:5432 } | far-2.example.com gets no server of a release
            db: { machine: lab-1, publish: 5432 }          | is not an IP address and a port
            db: { machine: lab-1, publish: 0.0.0.0:5432 }  | no address of a private network
            db: { machine: lab-1, publish: 127.0.0.1:5432 }| no address of a private network
            db: { machine: lab-1, publish: "[::]:5432" }   | no address of a private network
            db: { machine: lab-1, publish: 8.8.8.8:5432 }  | whoever reaches it reaches the data
            db: { machine: lab-1, publish: 172.32.0.1:5432 }      | no address of a private network
            db: { machine: lab-1, publish: "[2001:db8::1]:5432" } | no address of a private network
            db: { machine: lab-1, publish: 10.0.0.999:5432 }      | no address of a private network
            db: { machine: lab-1, publish: 10.1.0.6:5432 } | 10.1.0.6 is the address of ops@10.0.0.6, not of ops@lab-1
            db: { machine: lab-1, publish: 10.0.0.5:20001 }| one of those that releases have on the machine
            db: { machine: lab-1, publish: 10.0.0.5:5433 } | services.db listens on 5432 in its container
            """)
    void aPlaceThatCanNotBeIsAnErrorWhereItIsWritten(String written, String words) {
        several(written + ", queue: { ephemeral: true }");

        assertThat(folder.lines()).anySatisfy(line -> assertThat(line).contains(".y", words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.31.0.1", "192.168.1.9", "100.127.0.1", "[fd00::5]"})
    void anAddressOfAnyPrivateNetworkWillDo(String address) {
        several("db: { machine: lab-1, publish: \"" + address + ":5432\" }, queue: { ephemeral: true }");

        assertThat(folder.problems()).isEmpty();
        assertThat(database().published()).contains(address + ":5432:5432");
    }

    /** Otherwise one that runs unpublished, or elsewhere, goes on so without a word, and the others never reach it. */
    @Test
    void whereItIsPublishedIsPartOfItsDefinition() {
        several("db: { machine: lab-1, publish: 10.0.0.5:5432 }, queue: { ephemeral: true }");
        String before = database().definition();

        several("db: { machine: lab-1, publish: 10.0.0.7:5432 }, queue: { ephemeral: true }");

        assertThat(Definition.changed(before, database().definition())).containsExactly("publish");
    }

    @Test
    void allOfAnAppAreOnOneMachineUnderPortsOfTheirOwn() {
        several("db: { machine: lab-1, publish: 10.0.0.5:5432 }, queue: { machine: far-1, publish: 10.9.0.1:6379 }");
        assertThat(folder.lines()).anySatisfy(line -> assertThat(line).contains("all of an app are on one machine"));

        several("db: { machine: lab-1, publish: 10.0.0.5:5432 }, queue: { machine: lab-1, publish: 10.0.0.5:5432 }");
        assertThat(folder.lines()).anySatisfy(line -> assertThat(line).contains("is that of services.db already"));
    }

    @Test
    void whatKeepsNoDataHasNoPlace() {
        several("db: { machine: lab-1, publish: 10.0.0.5:5432 }, queue: { ephemeral: true }, web: { machine: lab-1 }");

        assertThat(folder.lines()).anySatisfy(line -> assertThat(line)
                .contains("meridian.yml:", "services.web keeps no data of its own, or each release replaces it"));
    }

    private void several(String services) {
        folder.write("meridian.yml", SEVERAL + "services: { " + services + " }\n");
        compose(DATABASES, "volumes: { data: , queue: }\nnetworks: { front: , back: }\n");
    }

    private KeptService database() {
        return requireNonNull(kept().services().get("db"));
    }

    private Kept kept() {
        return folder.app().compose().kept();
    }

    private void compose(String services, String more) {
        folder.write("compose.yaml", "services:\n" + services + more);
    }
}
