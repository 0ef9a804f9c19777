package org.meridian.core.model;

/** What a rollout does when it fails after traffic moved. */
public enum OnFailure {
    /** Every region goes back, newest first. */
    ROLLBACK_ALL,
    /** The regions that failed go back; the others stay on the new release, and the rollout stops there. */
    ROLLBACK_REGION,
    /** Everything stays as it is, for a person to look at. */
    PAUSE
}
