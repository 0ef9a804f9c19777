package org.meridian.drivers.terraform;

import java.util.Map;
import java.util.Optional;

/** The providers that Terraform stands behind. */
public enum FleetProvider {
    /** Amazon EC2, by the module that comes with Meridian. */
    AWS("aws", Optional.of(new Pin("hashicorp/aws", "5.100.0")), 16 * 1024),
    /** DigitalOcean's droplets, by the module that comes with Meridian. */
    DIGITALOCEAN("digitalocean", Optional.of(new Pin("digitalocean/digitalocean", "2.57.0")), 64 * 1024),
    /** Anything, by a module of the team's own. */
    TERRAFORM("terraform", Optional.empty(), Integer.MAX_VALUE);

    private final String word;
    private final Optional<Pin> pin;
    private final int longestUserData;

    FleetProvider(String word, Optional<Pin> pin, int longestUserData) {
        this.word = word;
        this.pin = pin;
        this.longestUserData = longestUserData;
    }

    /** Its name in the configuration. */
    public String word() {
        return word;
    }

    /** Whether Meridian has a module for it. */
    boolean bundled() {
        return pin.isPresent();
    }

    Optional<Pin> pin() {
        return pin;
    }

    /** The most bytes of user data that it takes (EC2 User Guide, "instance user data"; DigitalOcean API, droplets). */
    int longestUserData() {
        return longestUserData;
    }

    /** The provider's own settings for a place; credentials come from the environment. */
    Map<String, Object> settings(String location) {
        return this == AWS ? Map.of("region", location) : Map.of();
    }

    /**
     * A provider of Terraform's registry at one version.
     *
     * @param source  its address
     * @param version the version that the module was made with
     */
    record Pin(String source, String version) {}
}
