package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meridian.core.model.SshAddress;
import org.meridian.core.spi.KeyAccess;
import org.meridian.core.spi.KeyPlace;
import org.meridian.drivers.command.Command;

/** Keys in the files of authorized keys (sshd(8), AUTHORIZED_KEYS FILE FORMAT) of servers and machines. */
public final class SshKeyAccess implements KeyAccess {
    private static final Duration TRYING = Duration.ofSeconds(20);
    private static final String AGAIN = "Look at the machine, then run 'meridian keys rotate' again; nothing is lost.";

    private final DeployKey key;
    private final KeySuccession succession;
    private final ServerConnections servers;
    private final SshConnections connections;
    private final Machines machines;

    /**
     * The machines that a deploy key opens.
     *
     * @param key         the key
     * @param succession  what comes after it
     * @param servers     get to servers that Meridian made
     * @param connections get to machines that were there before
     * @param machines    those of them that the key is for
     */
    public SshKeyAccess(
            DeployKey key,
            KeySuccession succession,
            ServerConnections servers,
            SshConnections connections,
            Machines machines) {
        this.key = requireNonNull(key, "key is null");
        this.succession = requireNonNull(succession, "succession is null");
        this.servers = requireNonNull(servers, "servers is null");
        this.connections = requireNonNull(connections, "connections is null");
        this.machines = requireNonNull(machines, "machines is null");
    }

    @Override
    public String current() {
        return key.publicKey();
    }

    @Override
    public String source() {
        return key.described();
    }

    @Override
    public List<KeyPlace> machines() throws InterruptedException {
        return machines.all().stream()
                .distinct()
                .<KeyPlace>map(KeyPlace.Existing::new)
                .toList();
    }

    @Override
    public List<String> accepted(KeyPlace place) throws InterruptedException {
        return run(place, commands(place).list(), "reading its authorized keys")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    @Override
    public void add(KeyPlace place, String added, String former) throws InterruptedException {
        String unused = run(place, commands(place).add(added, former), "adding a key");
    }

    @Override
    public void remove(KeyPlace place, String removed, String stays) throws InterruptedException {
        String unused = run(place, commands(place).remove(removed, stays), "removing a key");
    }

    @Override
    public Optional<String> next() {
        return succession.next().map(DeployKey::publicKey);
    }

    @Override
    public String prepare() {
        return succession.prepare().publicKey();
    }

    @Override
    public void tryNext(KeyPlace place) throws InterruptedException {
        connections.attempt(connection(place).endpoint().with(new Login.Own(succession.prepare())), TRYING);
    }

    @Override
    public boolean promote() {
        return succession.promote();
    }

    @Override
    public void discard() {
        succession.discard();
    }

    private String run(KeyPlace place, Command command, String what) throws InterruptedException {
        String output = connection(place).run(command).expect(what + " on " + place.name(), AGAIN);
        if (place instanceof KeyPlace.Made made) {
            servers.proved(made.server());
        }
        return output;
    }

    private SshConnection connection(KeyPlace place) {
        return switch (place) {
            case KeyPlace.Made made -> servers.to(made.server());
            case KeyPlace.Existing existing -> connections.machine(existing.machine());
        };
    }

    private KeyCommands commands(KeyPlace place) {
        return new KeyCommands(connection(place).endpoint().user());
    }

    /** Says which machines there are. */
    @FunctionalInterface
    public interface Machines {
        /** All of them; throws a Failure when that can't be found out. */
        List<SshAddress> all() throws InterruptedException;
    }
}
