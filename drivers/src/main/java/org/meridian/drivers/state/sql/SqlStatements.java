package org.meridian.drivers.state.sql;

import java.util.Collections;

/**
 * The statements. Each write is one statement that reads the lock's row itself: it does nothing unless the lock is held with
 * its token by its claim, and the lock can't change hands before it is done.
 */
final class SqlStatements {
    final String row;
    final String makeRow;
    final String take;
    final String renew;
    final String giveBack;
    final String save;
    final String held;

    private final String share;

    SqlStatements(SqlDatabase database) {
        String now = database.now();
        share = database.share();
        row = "SELECT token, holder, expires_at <= " + now + " FROM meridian_lock WHERE app = ?";
        makeRow = "INSERT INTO meridian_lock (app, token) VALUES (?, 0) ON CONFLICT (app) DO NOTHING";
        take = "UPDATE meridian_lock SET token = token + 1, holder = ?, expires_at = " + now + " + ?"
                + " WHERE app = ? AND token = ? AND (holder IS NULL OR holder = ? OR expires_at <= " + now + ")";
        renew = "UPDATE meridian_lock SET expires_at = CASE WHEN expires_at IS NULL THEN NULL ELSE " + now + " + ? END"
                + " WHERE app = ? AND token = ? AND claim = ?";
        giveBack = "UPDATE meridian_lock SET holder = NULL, expires_at = NULL"
                + " WHERE app = ? AND token = ? AND claim = ?";
        held = "SELECT token FROM meridian_lock WHERE app = ? AND token = ? AND claim = ?";
        save = "INSERT INTO meridian_record (app, kind, number, body) SELECT app, ?, ?, ? FROM " + fence()
                + " WHERE true ON CONFLICT (app, kind, number) DO UPDATE SET body = excluded.body";
    }

    /** Adds this many entries, unless they are there. */
    String append(int entries) {
        return "WITH entry (n, rollout, digest, body) AS (VALUES "
                + String.join(", ", Collections.nCopies(entries, "(?, ?, ?, ?)"))
                + ") INSERT INTO meridian_journal (app, rollout, digest, body)"
                + " SELECT held.app, entry.rollout, entry.digest, entry.body FROM " + fence()
                + ", entry WHERE true ORDER BY entry.n ON CONFLICT (app, rollout, digest) DO NOTHING";
    }

    /** Replaces what the app is told from others by. */
    String identify() {
        return "INSERT INTO meridian_store (app, body) SELECT app, ? FROM " + fence()
                + " WHERE true ON CONFLICT (app) DO UPDATE SET body = excluded.body";
    }

    /** Forgets what a table holds of the app. */
    String clear(String table) {
        return "DELETE FROM " + table + " WHERE app IN (SELECT app FROM " + fence() + ")";
    }

    /** One row while the lock is held like this, none otherwise. Parameters: app, token, claim. */
    private String fence() {
        return "(SELECT app FROM meridian_lock WHERE app = ? AND token = ? AND claim = ?" + share + ") held";
    }
}
