package org.meridian.drivers.cloudflare;

/** What the fake API refuses, as Cloudflare would. */
final class FakeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final int code;

    FakeRefusal(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Cloudflare's usual refusal of what is not valid. */
    static FakeRefusal invalid(String message) {
        return new FakeRefusal(400, 1002, message + ": validation failed");
    }

    static FakeRefusal missing() {
        return new FakeRefusal(404, 1001, "resource not found");
    }
}
