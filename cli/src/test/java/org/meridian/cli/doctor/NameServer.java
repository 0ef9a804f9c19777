package org.meridian.cli.doctor;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A name server that knows the addresses of one name and answers over UDP (RFC 1035, section 4). */
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int NO_SUCH_NAME = 3;
    private static final int REFUSED = 5;

    private final String name;
    private final List<String> ipv4;
    private final List<String> ipv6;
    private final DatagramSocket socket;
    private volatile boolean refusing;

    NameServer(String name, List<String> ipv4, List<String> ipv6) throws IOException {
        this.name = name;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    void refuse() {
        refusing = true;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return; // It is closed.
            }
        }
    }

    private byte[] answer(byte[] asking) throws IOException {
        ByteBuffer query = ByteBuffer.wrap(asking);
        short id = query.getShort();
        query.position(HEADER);
        StringBuilder asked = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            asked.append(asked.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        int end = query.position() + 2;
        boolean known = asked.toString().equals(name);
        int code = refusing ? REFUSED : known ? 0 : NO_SUCH_NAME;
        List<String> found = code != 0 ? List.of() : type == A ? ipv4 : type == AAAA ? ipv6 : List.of();
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(0x8180 | code);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(asking, HEADER, end - HEADER);
        for (String address : found) {
            byte[] data = InetAddress.ofLiteral(address).getAddress();
            out.writeShort(0xc000 | HEADER);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }
}
