package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.spi.Time;

/**
 * Browsers that logged in, known by a cookie's value. They are forgotten when the dashboard ends; a token is asked for again.
 */
public final class Sessions {
    /** A working day; afterwards somebody who finds the browser open needs the token. */
    public static final Duration LIFE = Duration.ofHours(12);

    private static final int MOST = 1_000;
    private static final int BYTES = 32;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Time time;

    /** No browser yet. */
    public Sessions(Time time) {
        this.time = requireNonNull(time, "time is null");
    }

    /** Lets a browser in; returns the cookie's value. */
    public String begin(Visitor visitor) {
        sessions.values().removeIf(session -> over(session));
        if (sessions.size() >= MOST) {
            sessions.entrySet().stream()
                    .min((one, other) ->
                            one.getValue().until().compareTo(other.getValue().until()))
                    .ifPresent(oldest -> sessions.remove(oldest.getKey()));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(cookie, new Session(visitor, time.now().plus(LIFE)));
        return cookie;
    }

    /** Whose cookie that is; empty for one that is not known or too old. */
    public Optional<Visitor> visitor(String cookie) {
        return Optional.ofNullable(sessions.get(cookie))
                .filter(session -> !over(session))
                .map(Session::visitor);
    }

    /** Forgets a browser. */
    public void end(String cookie) {
        sessions.remove(cookie);
    }

    private boolean over(Session session) {
        return !time.now().isBefore(session.until());
    }

    private record Session(Visitor visitor, Instant until) {}
}
