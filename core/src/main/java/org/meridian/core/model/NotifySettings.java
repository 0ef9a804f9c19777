package org.meridian.core.model;

import static java.util.Objects.requireNonNull;

/**
 * Where a rollout's start and end are told.
 *
 * @param form    how it is written
 * @param address the address that it is posted to; a secret, since whoever knows it can post there
 */
public record NotifySettings(Form form, Secret address) {
    /** Checks that no part is null. */
    public NotifySettings {
        requireNonNull(form, "form is null");
        requireNonNull(address, "address is null");
    }

    /** How it is written. */
    public enum Form {
        /** The facts as JSON, as {@code --json} has them. */
        WEBHOOK,
        /** A message as Slack's incoming webhooks take it. */
        SLACK
    }
}
