package org.meridian.core.model;

import java.util.Locale;

/** When a team's own command runs. One before something can stop it; one after something can't. */
public enum HookPoint {
    /** Before a plan is made. */
    BEFORE_PLAN,
    /** Once a plan is made and before it is carried out. */
    AFTER_PLAN,
    /** Before a deploy changes anything. */
    BEFORE_DEPLOY,
    /** Once users are on the new release everywhere. */
    AFTER_DEPLOY,
    /** Before a region's users move; also while a rollback moves them. */
    BEFORE_REGION,
    /** Once a region's users have moved. */
    AFTER_REGION,
    /** Before a rollback that a person asked for changes anything. */
    BEFORE_ROLLBACK,
    /** Once users are back on the former release. */
    AFTER_ROLLBACK,
    /** Once a rollout failed and what could be put back was put back. */
    AFTER_FAILURE;

    /** Whether a command that fails or hangs here stops the rollout; otherwise it is only a warning. */
    public boolean stops() {
        return name().startsWith("BEFORE_");
    }

    /** The key in the configuration, such as {@code before_deploy}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
