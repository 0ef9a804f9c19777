package org.meridian.drivers.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last 64 KiB of what a program writes, so that no program can fill the memory here. */
final class Tail extends OutputStream {
    static final int LIMIT = 64 * 1024;

    private final byte[] ring = new byte[LIMIT];
    private long written;

    @Override
    public synchronized void write(int oneByte) {
        ring[(int) (written++ % LIMIT)] = (byte) oneByte;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** The last of it, as UTF-8. */
    synchronized String text() {
        int length = (int) Math.min(written, LIMIT);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = ring[(int) ((written - length + i) % LIMIT)];
        }
        return new String(last, StandardCharsets.UTF_8);
    }
}
