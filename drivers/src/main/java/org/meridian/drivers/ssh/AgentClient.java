package org.meridian.drivers.ssh;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Asks the SSH agent of this machine (draft-ietf-sshm-ssh-agent) over its socket.
 *
 * <p>MINA's own client for that needs a native library; Java has sockets of that kind itself.
 */
final class AgentClient extends AbstractAgentProxy {
    private static final int LARGEST = 1 << 20;

    private final SocketChannel channel;
    private boolean open = true;

    AgentClient(Path socket) throws IOException {
        super(null);
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(requireNonNull(socket, "socket is null")));
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (question.hasRemaining()) {
            channel.write(question);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > LARGEST) {
            throw new IOException("the SSH agent's answer has " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    @Override
    public void close() throws IOException {
        open = false;
        channel.close();
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the SSH agent closed its connection");
            }
        }
        return bytes.flip();
    }
}
