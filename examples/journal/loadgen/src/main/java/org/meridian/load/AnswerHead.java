package org.meridian.load;

import java.io.IOException;
import java.util.Locale;

/** The status and those headers of an answer that matter here. */
final class AnswerHead {
    private static final int UNKNOWN = -1;

    private final int status;
    private long length = UNKNOWN;
    private boolean close;
    private String location = "";
    private String servedBy = "";

    AnswerHead(int status) {
        this.status = status;
    }

    /** Takes one header line. */
    void add(String line) throws IOException {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IOException("not a header: " + line);
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> length = number(value);
            case "connection" -> close = value.equalsIgnoreCase("close");
            case "transfer-encoding" -> throw new IOException("chunked answers are not something Journal sends");
            case "location" -> location = value;
            case "x-served-by" -> servedBy = value;
            default -> {}
        }
    }

    private static long number(String value) throws IOException {
        if (!value.matches("\\d{1,12}")) {
            throw new IOException("not a length: " + value);
        }
        return Long.parseLong(value);
    }

    /** How many bytes follow. Some statuses never have a body (RFC 9112, section 6.3). */
    long bodyLength() throws IOException {
        if (status == 204 || status == 304) {
            return 0;
        }
        if (length == UNKNOWN) {
            throw new IOException("an answer without Content-Length");
        }
        return length;
    }

    Answer answer() {
        return new Answer(status, location, servedBy, close);
    }
}
