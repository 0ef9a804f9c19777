package org.meridian.testkit.ec2;

import java.util.Base64;

/** What a test cloud's instances are: something that boots, or nothing at all. */
public interface Machines {
    /** Makes and starts a machine; returns the address that it is reached at. */
    String start(String id, String userData);

    /** Ends a machine and forgets it; does nothing when there is none. */
    void terminate(String id);

    /** Machines that do not exist, with addresses of documentation (RFC 5737). */
    static Machines none() {
        return new Machines() {
            private int made;

            @Override
            public synchronized String start(String id, String userData) {
                made++;
                return "203.0.113." + made;
            }

            @Override
            public void terminate(String id) {
                // There is nothing to end.
            }
        };
    }

    /** The text of user data as the API has it. */
    static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }
}
