package org.meridian.drivers.hooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a program's output to its end and keeps the last 64 KiB, so that no program can fill the memory here. */
final class OutputEnd implements Runnable {
    static final int LIMIT = 64 * 1024;

    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    OutputEnd(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[LIMIT];
        try (stream) {
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                keep(chunk, length);
            }
        } catch (IOException e) {
            // The program was ended; what it wrote before is kept.
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        if (kept.size() + length > LIMIT) {
            byte[] before = kept.toByteArray();
            kept.reset();
            kept.writeBytes(Arrays.copyOfRange(before, Math.max(0, before.length + length - LIMIT), before.length));
        }
        kept.write(chunk, 0, length);
    }

    /** The last of what has come so far, as UTF-8. */
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
