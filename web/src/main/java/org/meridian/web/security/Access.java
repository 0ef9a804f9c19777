package org.meridian.web.security;

import io.javalin.security.RouteRole;

/** What a route gives, and so who gets through to it. A route that has none is given to nobody. */
public enum Access implements RouteRole {
    /** The page's own files, which hold no data: for everybody who asks under the right name. */
    PAGE(false),
    /** The way in: for whoever has a token. */
    LOGIN(true),
    /** The way out, for everybody who is in. */
    LOGOUT(true),
    /** Looks and changes nothing: for viewers and operators. */
    LOOK(false),
    /** Changes something: for operators. */
    ACT(true),
    /** A WebSocket over which commands run: for operators. */
    TERMINAL(false);

    private final boolean form;

    Access(boolean form) {
        this.form = form;
    }

    /** Whether the request has a body of ours, which no form of another site can send. */
    boolean hasForm() {
        return form;
    }

    /** Whether only operators may. */
    boolean isForOperators() {
        return this == ACT || this == TERMINAL;
    }

    /** Whether a browser has to say which page asks. */
    boolean needsOrigin() {
        return form || this == TERMINAL;
    }
}
