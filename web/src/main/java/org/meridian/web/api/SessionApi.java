package org.meridian.web.api;

import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;
import org.meridian.core.model.AppName;
import org.meridian.core.model.Secret;
import org.meridian.web.security.Guard;
import org.meridian.web.security.Sessions;
import org.meridian.web.security.Visitor;

/** Logging in, logging out, and who one is. */
public final class SessionApi {
    private final AppName app;
    private final String version;
    private final boolean encrypted;
    private final Guard guard;
    private final Sessions sessions;
    private final Acts acts;

    /** Of that app. */
    public SessionApi(AppName app, String version, boolean encrypted, Guard guard, Sessions sessions, Acts acts) {
        this.app = requireNonNull(app, "app is null");
        this.version = requireNonNull(version, "version is null");
        this.encrypted = encrypted;
        this.guard = requireNonNull(guard, "guard is null");
        this.sessions = requireNonNull(sessions, "sessions is null");
        this.acts = requireNonNull(acts, "acts is null");
    }

    /** Takes a token; gives a cookie to the browser and a key to the page. */
    public void logIn(Context context) {
        Secret token = Secret.of(JsonAnswers.text(JsonAnswers.body(context), "token"));
        Visitor visitor = guard.logIn(context, token);
        acts.loggedIn(visitor);
        Sessions.Begun begun = sessions.begin(visitor);
        context.cookie(cookie(begun.cookie().reveal(), (int) Sessions.LIFE.toSeconds()));
        JsonAnswers.write(
                context,
                new LoggedIn(begun.key().reveal(), visitor.who(), visitor.role().written()));
    }

    /** Forgets the browser. */
    public void logOut(Context context) {
        Optional.ofNullable(context.cookie(Guard.COOKIE)).ifPresent(sessions::end);
        context.cookie(cookie("", 0)).status(204);
    }

    /** Who one is. */
    public void get(Context context) {
        JsonAnswers.write(context, session(Guard.visitor(context)));
    }

    private Session session(Visitor visitor) {
        return new Session(app.value(), visitor.who(), visitor.role().written(), version);
    }

    /** Out of reach of scripts, and sent by no other site's page. */
    private Cookie cookie(String value, int seconds) {
        return new Cookie(Guard.COOKIE, value, "/", seconds, encrypted, true, null, SameSite.STRICT);
    }

    private record LoggedIn(String key, String who, String role) {}

    private record Session(String app, String who, String role, String version) {}
}
