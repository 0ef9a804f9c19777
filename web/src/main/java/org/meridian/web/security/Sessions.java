package org.meridian.web.security;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.meridian.core.model.Secret;
import org.meridian.core.spi.Time;

/**
 * Browsers that logged in. Each has a cookie, which a browser sends to every port of a host, and a key, which stays with the
 * page's own origin; only both together are good. They are forgotten when the dashboard ends; a token is asked for again.
 */
public final class Sessions {
    /** A working day; afterwards somebody who finds the browser open needs the token. */
    public static final Duration LIFE = Duration.ofHours(12);

    private static final int MOST = 1_000;
    private static final int MOST_OF_ONE = 50;
    private static final int BYTES = 32;

    /** Who is forgotten first: those who only look, and of these who came first. */
    private static final Comparator<Map.Entry<String, Session>> LEAST = Comparator.comparing(
                    (Map.Entry<String, Session> entry) ->
                            entry.getValue().visitor().role())
            .thenComparing(entry -> entry.getValue().age(), Comparator.reverseOrder());

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Time time;

    /** No browser yet. */
    public Sessions(Time time) {
        this.time = requireNonNull(time, "time is null");
    }

    /** Lets a browser in. One visitor has so many at most, and so has everybody: the oldest end. */
    public synchronized Begun begin(Visitor visitor) {
        forgetOver();
        keepBelow(MOST_OF_ONE, session -> session.visitor().equals(visitor));
        keepBelow(MOST, session -> true);
        Begun begun = new Begun(Secret.of(random()), Secret.of(random()));
        sessions.put(begun.cookie().reveal(), new Session(visitor, begun.key(), LIFE, time));
        return begun;
    }

    /** The session of a cookie and its key; empty where either is wrong, or when it is over. */
    Optional<Session> session(String cookie, Secret key) {
        forgetOver();
        return Optional.ofNullable(sessions.get(cookie)).filter(session -> session.opensWith(key));
    }

    /** Ends a session and what was opened in it. */
    public void end(String cookie) {
        Optional.ofNullable(sessions.remove(cookie)).ifPresent(Session::end);
    }

    private void forgetOver() {
        sessions.forEach((cookie, session) -> {
            if (!session.lasts()) {
                end(cookie);
            }
        });
    }

    private void keepBelow(int most, Predicate<Session> counted) {
        long there = sessions.values().stream().filter(counted).count();
        sessions.entrySet().stream()
                .filter(entry -> counted.test(entry.getValue()))
                .sorted(LEAST)
                .limit(Math.max(0, there - most + 1))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::end);
    }

    private String random() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * A session that has begun.
     *
     * @param cookie for the browser, out of reach of scripts
     * @param key    for the page, out of reach of other origins
     */
    public record Begun(Secret cookie, Secret key) {
        /** Checks that no part is null. */
        public Begun {
            requireNonNull(cookie, "cookie is null");
            requireNonNull(key, "key is null");
        }
    }
}
