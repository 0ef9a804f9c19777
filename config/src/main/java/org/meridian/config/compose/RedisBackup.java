package org.meridian.config.compose;

/**
 * How Redis and Valkey are backed up and restored while they run, as lines for the shell of their container. The dump is what a
 * replica gets (Redis documentation, redis-cli: remote backups of RDB files). It is restored by a second server beside, which
 * loads it from a file and which the first one then follows for as long as it takes: so a dump that is not whole changes nothing,
 * append-only files are made anew by the server itself, and no container has to stop. DEBUG RELOAD is refused by default
 * (redis.conf, enable-debug-command), and whoever shuts the server down ends the container that the lines run in.
 */
final class RedisBackup {
    private static final String CLIENT = """
            if [ -n "${REDIS_PASSWORD:-}" ]; then export REDISCLI_AUTH="$REDIS_PASSWORD"; fi
            client=$(command -v redis-cli || command -v valkey-cli)
            """;

    /** Prints the dump; what the client says of it goes to standard error. */
    static final String COMMAND = CLIENT + "exec \"$client\" --rdb -\n";

    /** Reads the dump. */
    static final String RESTORE = "set -eu\numask 077\n" + CLIENT + """
            server=$(command -v redis-server || command -v valkey-server)
            ask() { "$client" --raw "$@"; }
            beside() { env -u REDISCLI_AUTH "$client" --raw -h 127.0.0.1 -p 16379 "$@" 2>&1; }
            fail() { echo "$1" >&2; exit 1; }

            [ "$(ask PING)" = PONG ] || fail "the server does not answer; nothing is changed"
            follows_dump() { ask INFO replication | tr -d '\\r' | grep -qx 'master_port:16379'; }
            # One that was killed together with what watched over it.
            if follows_dump; then ask REPLICAOF NO ONE >&2; fi
            ask INFO replication | grep -q '^role:master' || fail "the server is a replica of another; nothing is changed"
            [ -z "$(ask CONFIG GET masterauth | sed -n 2p)" ] || fail "masterauth is set, so it can't follow a dump; nothing is changed"

            files=$(mktemp -d)
            process= follows=
            end() {
              [ -z "$follows" ] || ask REPLICAOF NO ONE >&2
              [ -z "$process" ] || kill "$process" 2>/dev/null || true
              rm -rf "$files"
            }
            trap end EXIT
            trap 'exit 143' HUP INT TERM
            cat >"$files/dump.rdb"
            printf '%s\\n' 'port 16379' 'bind 127.0.0.1' "dir $files" 'save ""' 'appendonly no' >"$files/conf"
            "$server" "$files/conf" >"$files/log" 2>&1 &
            process=$!
            until [ "$(beside PING)" = PONG ]; do
              kill -0 "$process" 2>/dev/null || { process= && tail -n 5 "$files/log" >&2; fail "the dump can't be loaded; nothing is changed"; }
              sleep 1
            done

            # Whoever kills this would leave a server that follows nobody and takes no writes.
            watch_over() {
              trap '' HUP INT TERM
              trap - EXIT
              while kill -0 $$; do sleep 1; done
              [ -e "$files" ] || return 0
              if follows_dump; then ask REPLICAOF NO ONE || true; fi
              kill "$process"
              rm -rf "$files"
            }
            watch_over </dev/null >/dev/null 2>&1 &

            follows=yes
            [ "$(ask REPLICAOF 127.0.0.1 16379)" = OK ] || fail "the server does not follow the dump"
            left=3600
            until ask INFO replication | grep -q '^master_link_status:up'; do
              left=$((left - 1))
              [ "$left" -gt 0 ] && kill -0 "$process" 2>/dev/null || fail "the server did not get the dump"
              sleep 1
            done
            [ "$(ask REPLICAOF NO ONE)" = OK ] || fail "the server follows the dump still; REPLICAOF NO ONE ends that"
            follows=
            while ask INFO persistence | grep -q '^rdb_bgsave_in_progress:1'; do sleep 1; done
            [ "$(ask SAVE)" = OK ] || fail "the data is restored, but the server could not save it"
            """;

    private RedisBackup() {}
}
