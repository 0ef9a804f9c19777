package org.meridian.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** One connection to Memcached. Not for several threads at once; after an IOException it is of no more use. */
final class MemcachedConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 250;
    private static final int LONGEST_VALUE = 1 << 20; // Memcached's own default limit
    private static final int LONGEST_LINE = 512;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private MemcachedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Connects, or fails within a quarter of a second. */
    @SuppressWarnings("AddressSelection") // a Compose service has one address
    static MemcachedConnection open(Settings.CacheAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address.host(), address.port()), TIMEOUT_MILLIS);
            return new MemcachedConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a command without data and returns the line that answers it. */
    String command(String command) throws IOException {
        send(command);
        out.flush();
        return line();
    }

    /** Stores a value for that many seconds. */
    String set(String key, String seconds, byte[] value) throws IOException {
        send("set " + key + " 0 " + seconds + " " + value.length);
        out.write(value);
        send("");
        out.flush();
        return line();
    }

    /** Fetches a value. */
    Optional<byte[]> get(String key) throws IOException {
        String answer = command("get " + key);
        if (answer.equals("END")) {
            return Optional.empty();
        }
        byte[] value = in.readNBytes(lengthIn(answer));
        expect("");
        expect("END");
        return Optional.of(value);
    }

    /** The length in an answer such as {@code VALUE key 0 1234}. */
    private static int lengthIn(String answer) throws IOException {
        String[] words = answer.split(" ", -1);
        if (words.length != 4 || !words[0].equals("VALUE") || !words[3].matches("\\d{1,7}")) {
            throw new IOException("unexpected answer: " + answer);
        }
        int length = Integer.parseInt(words[3]);
        if (length > LONGEST_VALUE) {
            throw new IOException("a value of " + length + " bytes is too long");
        }
        return length;
    }

    private void expect(String wanted) throws IOException {
        String line = line();
        if (!line.equals(wanted)) {
            throw new IOException("expected '" + wanted + "', not '" + line + "'");
        }
    }

    private void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("the answer's line is too long");
            }
            line.write(next);
        }
        return line.toString(US_ASCII).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is thrown away either way
        }
    }
}
