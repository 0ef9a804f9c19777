import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections to an HTTP server, lets each have one request answered, and keeps all of them open until its standard input ends.
 * Prints how many there are.
 *
 * <p>Arguments: the host, the port, how many, and the Host header.
 */
final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        byte[] request = ("GET /up HTTP/1.1\r\nHost: " + arguments[3] + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        List<Socket> open = new ArrayList<>();
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            open.add(connected(server, request));
        }
        System.out.println(open.size());
        while (System.in.read() >= 0) {}
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static Socket connected(InetSocketAddress server, byte[] request) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, 10_000);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request);
        if (socket.getInputStream().read(new byte[4096]) <= 0) {
            throw new IOException("the server closed a connection");
        }
        return socket;
    }
}
