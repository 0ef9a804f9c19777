package org.meridian.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.event.RolloutEvent;
import org.meridian.core.model.App;
import org.meridian.core.model.Backup;
import org.meridian.core.model.BackupBucket;
import org.meridian.core.model.ComposeFile;
import org.meridian.core.model.Kept;
import org.meridian.core.model.Receipt.Outcome;
import org.meridian.core.model.Schedule;
import org.meridian.core.model.Server;
import org.meridian.core.model.ServerDuties;
import org.meridian.core.model.ServerName;
import org.meridian.core.operation.AccessoryWork;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.ReadStatus;
import org.meridian.core.operation.Retire;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.Accessories;
import org.meridian.core.spi.OpenBackup;

/** Services that keep data, in a world whose machines stay. */
class KeptServicesTest {
    private static final String STARTED = "kept services started";

    private final Story story =
            new Story(Shape.threeRegions(1).withServers(List.of(1, 2)).keeping().app(), 7);

    @Test
    void whatKeepsDataIsStartedOnceOnEachMachineWhateverReleasesComeAndGo() throws InterruptedException {
        story.deploy(1);
        story.deploy(2);
        story.rollBack();
        assertThat(story.world.tally.of(STARTED)).isEqualTo(3);

        assertThat(story.scale(Map.of(0, 2)).outcome()).isEqualTo(Outcome.SCALED);
        assertThat(story.scale(Map.of(0, 1)).outcome()).isEqualTo(Outcome.SCALED);
        story.world.pass(Duration.ofHours(1));
        assertThat(new Retire(story.world.workspace()).run()).isNotEmpty();
        story.deploy(3);

        assertThat(story.world.tally.of(STARTED)).isEqualTo(4);
        assertThat(story.world.data.on(SimulatedApps.EU, 2)).containsExactly(Shape.DATABASE);
    }

    @Test
    void aRestoreAsksOnceWhatIsThere() throws InterruptedException {
        story.deploy(1);
        Deployer person = story.world.deployer("person");
        person.worksOn = Set.of(Shape.DATABASE);
        AtomicInteger asked = new AtomicInteger();
        Accessories counting = new SimulatedAccessories(story.world, person) {
            @Override
            public List<Accessory> list(Server place) {
                asked.incrementAndGet();
                return super.list(place);
            }

            @Override
            public String restore(
                    Server place, String service, OpenBackup backup, Optional<String> name, Duration within) {
                return "a backup";
            }
        };
        AccessoryWork work = new AccessoryWork(story.world.workspace(person), counting);

        assertThat(work.restore(Shape.DATABASE, Optional.empty())).isEqualTo("a backup");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aBucketThatNothingOpensIsToldBeforeADeployBegins() throws InterruptedException {
        Workspace backedUp =
                story.world.workspace(story.world.deployer("deployer"), backedUp(story.world.app, "simulated:nothing"));
        Accessories machine = new SimulatedAccessories(story.world, story.world.deployer("person"));

        new AccessoryWork(story.world.workspace(), machine).requireKeys();
        assertThatThrownBy(() -> new AccessoryWork(backedUp, machine).requireKeys())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("simulated:nothing");
    }

    /** The app, whose database is backed up by schedule to a bucket that these credentials open. */
    private static App backedUp(App app, String credentials) {
        Kept kept = app.compose().kept();
        Kept.KeptService database = kept.services().get(Shape.DATABASE);
        assertThat(database).isNotNull();
        Backup toBucket = new Backup(
                Optional.of("dump"),
                Optional.empty(),
                7,
                Optional.of(new Schedule(
                        "0 3 1 1 *",
                        ZoneOffset.UTC,
                        List.of(0),
                        List.of(3),
                        List.of(1),
                        List.of(1),
                        List.of(0, 1, 2, 3, 4, 5, 6))),
                Optional.empty(),
                Optional.of(new BackupBucket("copies", "notes", Optional.empty(), "eu-west-1", credentials)));
        Kept.KeptService copied = new Kept.KeptService(
                database.definition(),
                database.networks(),
                database.volumes(),
                database.directories(),
                database.published(),
                toBucket);
        ComposeFile file = app.compose();
        return new App(
                app.name(),
                new ComposeFile(
                        file.text(),
                        file.services(),
                        file.variables(),
                        file.beside(),
                        file.deciding(),
                        new Kept(Map.of(Shape.DATABASE, copied), kept.volumes(), kept.dependencies())),
                app.image(),
                app.primary(),
                app.regions(),
                app.env(),
                app.serve(),
                app.beforeShift(),
                app.releaseCommand(),
                app.duties(),
                app.console(),
                app.rollout(),
                app.traffic(),
                app.probe(),
                app.metrics(),
                app.hooks(),
                app.notices());
    }

    @Test
    void onlyACommandThatNamesOneRemovesIt() throws InterruptedException {
        story.deploy(1);
        Deployer person = story.world.deployer("person");
        AccessoryWork work =
                new AccessoryWork(story.world.workspace(person), new SimulatedAccessories(story.world, person));

        assertThatThrownBy(() -> work.restart(Shape.DATABASE)).isInstanceOf(Violation.class);
        person.worksOn = Set.of(Shape.DATABASE);
        assertThat(work.remove(Shape.DATABASE)).isEmpty();

        assertThat(story.world.data.on(SimulatedApps.EU, 1)).isEmpty();
    }

    @Test
    void statusAsksTheMachineThatKeepsDataOnceAndSaysWhichBackupFailed() throws InterruptedException {
        story.deploy(1);
        Deployer person = story.world.deployer("person");
        AtomicInteger asked = new AtomicInteger();
        Instant begun = Instant.parse("2026-07-15T03:00:00Z");
        var accessories = new SimulatedAccessories(story.world, person) {
            @Override
            public List<Accessory> list(Server place) {
                asked.incrementAndGet();
                var failed = new Backups(Optional.empty(), Optional.of(begun), Optional.empty());
                return List.of(new Accessory(
                        Shape.DATABASE, "", "running", begun.toString(), Optional.empty(), failed, List.of()));
            }
        };
        Workspace workspace = story.world.workspace(person);
        ServerDuties idle = new ServerDuties(Set.of(), List.of(), List.of(), List.of());

        var status = new ReadStatus(workspace, new ReadServices(workspace, server -> idle, accessories)).run();

        assertThat(asked).hasValue(1);
        assertThat(status.services().kept()).hasSize(1);
        assertThat(story.world.events())
                .filteredOn(event -> event instanceof RolloutEvent.Note note
                        && note.text().startsWith("the backup of " + Shape.DATABASE + " begun at " + begun + " failed"))
                .hasSize(1);
    }

    @Test
    void whatAContainerSaysOfWhyAnActOnItFailedHasNoSecretInIt() throws InterruptedException {
        story.deploy(1);
        Deployer person = story.world.deployer("person");
        String secret = SimulatedSecrets.value(1).reveal();
        AccessoryWork work =
                new AccessoryWork(story.world.workspace(person), new SimulatedAccessories(story.world, person) {
                    @Override
                    public List<String> remove(Server place, String service) {
                        throw Failure.of(Diagnostic.of("failed", "remove failed", "See.")
                                .withDetail("no such user, password " + secret));
                    }
                });

        assertThatThrownBy(() -> work.remove(Shape.DATABASE))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.diagnostic().detail()).isEqualTo("no such user, password ***"));
    }

    @Test
    void oneThatAReleaseTookForItsOwnIsMissedWhenItGoesWithIt() throws InterruptedException {
        story.deploy(1);
        SimulatedData data = new SimulatedData(story.world);
        ServerName name = ServerName.of(story.world.app.name(), SimulatedApps.EU, Story.R1, 1);
        SimulatedServer server = story.world.servers.get(name);
        Deployer deployer = story.world.deployer("deployer");
        assertThat(server).isNotNull();
        server.outliving = Kept.NONE;

        data.start(server);
        data.requireKept(deployer);
        data.goWith(server);

        assertThatThrownBy(() -> data.requireKept(deployer))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("I12", "removed", Shape.DATABASE);
    }
}
