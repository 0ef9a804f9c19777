package org.meridian.drivers.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a session the agent that its login may ask; nothing is ever forwarded to a server. */
@NullMarked
final class Agents implements SshAgentFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Agents.class);

    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager forwarding) {
        return List.of();
    }

    @Override
    public @Nullable SshAgent createClient(@Nullable Session session, FactoryManager client) {
        Optional<Path> socket =
                Attempt.of(session).flatMap(attempt -> attempt.to().login().agent());
        if (socket.isEmpty()) {
            return null;
        }
        try {
            return new AgentClient(socket.get());
        } catch (IOException e) {
            LOG.warn("the SSH agent at {} does not answer: {}", socket.get(), e.getMessage());
            return null;
        }
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) throws IOException {
        throw new IOException("Meridian serves no SSH agent");
    }
}
