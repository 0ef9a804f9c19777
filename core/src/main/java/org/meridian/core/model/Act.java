package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something that changes the world, as the journal names it.
 *
 * @param kind   what is done
 * @param region where; empty when it concerns all regions
 * @param server to which server; empty when it concerns several
 * @param detail a few words more for people, such as weights; holds no secret
 */
public record Act(Kind kind, Optional<RegionName> region, Optional<ServerName> server, String detail) {
    /** Checks that no part is null. */
    public Act {
        requireNonNull(kind, "kind is null");
        requireNonNull(region, "region is null");
        requireNonNull(server, "server is null");
        requireNonNull(detail, "detail is null");
    }

    /** One sentence's part, such as {@code us-west: starting journal-us-west-r2-1}. */
    public String words() {
        String where = region.map(name -> name + ": ").orElse("");
        String whom = server.map(name -> " " + name).orElse("");
        return where + kind.words + whom + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** What is done. */
    public enum Kind {
        /** The edge is made or brought to its configuration. */
        PREPARE_EDGE("preparing the edge"),
        /** Servers are created or destroyed at the provider. */
        CONVERGE("making and removing servers"),
        /** A release's files are put on a server. */
        PLACE("placing the release on"),
        /** What keeps data is started on a server's machine where it does not run, and the release finds it. */
        KEEP("starting what keeps data for"),
        /** A server pulls a release's images. */
        PULL("pulling images on"),
        /** A server starts a release. */
        START("starting the release on"),
        /** A command runs once on a server. */
        RUN_ONCE("running a command on"),
        /** A new release's command runs once, before anything of it starts. */
        RELEASE_COMMAND("running the release command on"),
        /** A server starts a release's workers, and at every boot. */
        START_WORKERS("starting workers on"),
        /** A server's workers are told to end, and start at no boot. */
        END_WORKERS("ending workers on"),
        /** A server runs a release's jobs by schedule from now on, also after a boot. */
        START_JOBS("starting the schedules on"),
        /** A server runs a release's jobs no longer. */
        END_JOBS("ending the schedules on"),
        /** A pool gets origins and weights. */
        SET_POOL("changing the pool"),
        /** Origins are taken out of traffic. */
        DRAIN("draining"),
        /** A server's machine boots again. */
        REBOOT("rebooting the machine of"),
        /** A machine is destroyed, with whatever is on it. */
        DISCARD("destroying a machine of"),
        /** Everything of a kind is destroyed. */
        DESTROY("destroying");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
