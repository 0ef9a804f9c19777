package org.meridian.drivers.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.meridian.drivers.command.Command;
import org.meridian.drivers.command.LocalProcesses;

/** OpenSSH's own agent, at a socket of the test's. */
final class RealAgent implements AutoCloseable {
    private final Path socket;
    private final Process process;

    RealAgent(Path socket) {
        this.socket = socket;
        this.process = new LocalProcesses().open(Command.of("ssh-agent", "-D", "-a", socket.toString()));
        long giveUp = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!Files.exists(socket)) {
            if (System.nanoTime() > giveUp || !process.isAlive()) {
                throw new IllegalStateException("ssh-agent does not start");
            }
            Thread.onSpinWait();
        }
    }

    void add(Path key) throws InterruptedException {
        new LocalProcesses()
                .run(Command.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString()))
                .expect("giving the agent a key", "");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
