package org.meridian.core.operation;

import static java.util.Objects.requireNonNull;

/** Says which variables the app's services have on the servers and where each is from. */
public final class ReadEnvironment {
    private final Workspace workspace;

    /** Reads in this workspace. */
    public ReadEnvironment(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace is null");
    }

    /** Asks the secret stores for their names; throws a Failure that lists what is missing. */
    public EnvironmentReport run() throws InterruptedException {
        return Environments.of(workspace.app(), Secrets.complete(workspace.app(), workspace.secretSources()));
    }
}
