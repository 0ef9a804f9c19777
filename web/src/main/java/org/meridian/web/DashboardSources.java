package org.meridian.web;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.meridian.core.operation.ReadServices;
import org.meridian.core.operation.Workspace;
import org.meridian.core.spi.ServerAccess;

/**
 * What the dashboard looks at and acts with.
 *
 * @param workspace the app, its world and what is remembered of it
 * @param access    the way into its servers; empty where there is none
 * @param services tell what the app does beside answering requests; empty where nobody can be asked
 * @param version   Meridian's own
 */
public record DashboardSources(
        Workspace workspace, Optional<ServerAccess> access, Optional<ReadServices> services, String version) {
    /** Checks that no part is null. */
    public DashboardSources {
        requireNonNull(workspace, "workspace is null");
        requireNonNull(access, "access is null");
        requireNonNull(services, "services is null");
        requireNonNull(version, "version is null");
    }

    /** Those of an app of which nobody can be asked what it does beside answering requests. */
    public DashboardSources(Workspace workspace, Optional<ServerAccess> access, String version) {
        this(workspace, access, Optional.empty(), version);
    }
}
