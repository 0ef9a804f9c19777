package org.meridian.cli.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two apps on the same two machines, told apart by their names: what happens to one of them users of the other don't notice. */
@Tag("world")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedMachinesWorldTest {
    private static final String JOURNAL = "sharedjournal";
    private static final String SHOP = "sharedshop";
    private static final int MACHINES = 2;

    private LocalWorld journal;
    private LocalWorld shop;
    private Machines machines;

    @BeforeAll
    void bootMachinesAndDeploy() throws Exception {
        journal = LocalWorld.create(JOURNAL);
        shop = LocalWorld.create(SHOP);
        Path ssh = Files.createDirectory(journal.directory().resolve("ssh"));
        machines = Machines.boot(MACHINES, ssh, JOURNAL, "lab");
        configure(journal, JOURNAL, host(JOURNAL));
        configure(shop, SHOP, host(SHOP));
        deploy(journal, "v1");
    }

    private void configure(LocalWorld world, String app, String host) throws Exception {
        world.write("meridian.yml", """
                app: %s
                image: meridian-faulty
                regions:
                  lab: { provider: hosts, location: DE, hosts: ["ops@%s", "ops@%s"], secrets: env-file:secrets.env }
                serve:
                  service: web
                  port: 3000
                  hosts: [%s]
                  health: { path: /up, interval: 300ms, timeout: 1s, rise: 2, within: 60s }
                rollout: { watch: 3s, drain: 5s, keep_previous: 10m }
                traffic: { driver: dns }
                probe: { rate: 10/s }
                ssh: { user: ops, key: %5$s/id_ed25519, agent: none, known_hosts: %5$s/known_hosts, config: none }
                """.formatted(
                        app,
                        machines.address(1),
                        machines.address(2),
                        host,
                        journal.directory().resolve("ssh")));
    }

    private static String host(String app) {
        return app + ".example.com";
    }

    @AfterAll
    void destroyEverything() {
        try {
            journal.close();
            for (int machine = 1; machine <= MACHINES; machine++) {
                assertThat(machines.run(machine, "systemctl is-active haproxy || true; ls /etc/haproxy"))
                        .doesNotContain("haproxy.cfg", "meridian")
                        .startsWith("inactive");
            }
        } finally {
            machines.close();
        }
    }

    private URI machine(int number) {
        return URI.create("http://" + machines.address(number));
    }

    private LocalWorld.Receipt deploy(LocalWorld world, String tag) throws Exception {
        LocalWorld.Receipt receipt = world.receipt(
                world.meridian("deploy", "--image", machines.pullable("meridian-faulty:" + tag), "--yes", "--json"));
        assertThat(receipt.exitCode()).as(receipt.everything()).isZero();
        return receipt;
    }

    private void requirePage(String app, String end) {
        for (int machine = 1; machine <= MACHINES; machine++) {
            assertThat(Users.page(machine(machine), host(app))).endsWith(end);
        }
    }

    @Test
    @Order(1)
    void anotherAppComesIsDeployedAndRolledBackAndNoRequestOfEitherFails() throws Exception {
        try (Everywhere first = new Everywhere(JOURNAL)) {
            assertThat(Users.page(machine(1), host(SHOP))).startsWith("421");
            deploy(shop, "v1");
            try (Everywhere second = new Everywhere(SHOP)) {
                deploy(journal, "v2");
                requirePage(JOURNAL, "v2");
                requirePage(SHOP, "v1");

                deploy(shop, "v2");
                LocalWorld.Receipt back = journal.rollBack();
                assertThat(back.exitCode()).as(back.everything()).isZero();
                requirePage(JOURNAL, "v1");
                requirePage(SHOP, "v2");
                second.requireNothingFailed();
            }
            first.requireNothingFailed();
        }
    }

    @Test
    @Order(2)
    void aNameThatTheOtherAppHasIsRefusedWithThatAppsName() throws Exception {
        configure(shop, SHOP, host(JOURNAL));
        Shell.Ended ended =
                shop.meridian("deploy", "--image", machines.pullable("meridian-faulty:v1"), "--yes", "--json");
        configure(shop, SHOP, host(SHOP));

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output() + ended.errors())
                .contains(host(JOURNAL) + " at port 80")
                .contains("the app " + JOURNAL);
        requirePage(JOURNAL, "v1");
        requirePage(SHOP, "v2");
    }

    @Test
    @Order(3)
    void oneThatIsDestroyedLeavesTheOtherServing() throws Exception {
        try (Everywhere users = new Everywhere(JOURNAL)) {
            shop.close();

            assertThat(Users.page(machine(1), host(SHOP))).startsWith("421");
            deploy(journal, "v2");
            requirePage(JOURNAL, "v2");
            users.requireNothingFailed();
        }
    }

    /** Users of an app at every machine. */
    private final class Everywhere implements AutoCloseable {
        private final List<Users> users = new ArrayList<>();

        Everywhere(String app) {
            for (int machine = 1; machine <= MACHINES; machine++) {
                users.add(Users.of(machine(machine), host(app), 40));
            }
        }

        void requireNothingFailed() {
            assertThat(users).allSatisfy(some -> {
                assertThat(some.failures()).isEmpty();
                assertThat(some.sent()).isGreaterThan(100);
            });
        }

        @Override
        public void close() {
            users.forEach(Users::close);
        }
    }
}
