package org.meridian.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One HTTP/1.1 connection, for one request at a time. Written here because the JDK's client repeats some failed
 * requests by itself, which would hide just what is to be counted.
 */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private long deadlineNanos;

    private Connection(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.in = channel.socket().getInputStream();
    }

    /** Connects, or fails at the deadline, a value of System.nanoTime(). */
    static Connection open(Target target, long deadlineNanos) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(target.address(), millisUntil(deadlineNanos));
            return new Connection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether the server has kept the idle connection open, and said nothing that nobody asked for. */
    boolean isStillOpen() {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.wrap(buffer));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** Sends the request and reads the whole answer, or fails at the deadline. */
    Answer exchange(byte[] request, long deadline) throws IOException {
        deadlineNanos = deadline;
        channel.socket().getOutputStream().write(request);
        String statusLine = line();
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("not an HTTP answer: " + statusLine);
        }
        AnswerHead head = new AnswerHead(Integer.parseInt(statusLine.substring(9, 12)));
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        skip(head.bodyLength());
        return head.answer();
    }

    private void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (position == limit) {
                fill();
            }
            int part = (int) Math.min(left, limit - position);
            position += part;
            left -= part;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (position == limit) {
                fill();
            }
            char next = (char) (buffer[position++] & 0xff);
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append(next);
            }
            if (line.length() > 8192) {
                throw new IOException("a header line is longer than 8 KiB");
            }
        }
    }

    private void fill() throws IOException {
        channel.socket().setSoTimeout(millisUntil(deadlineNanos));
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException("the server closed the connection before the end of its answer");
        }
        position = 0;
        limit = read;
    }

    private static int millisUntil(long deadlineNanos) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left < 1) {
            throw new SocketTimeoutException("timed out");
        }
        return Math.toIntExact(left);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is thrown away either way
        }
    }
}
