package org.meridian.drivers.terraform;

import java.util.List;
import java.util.Map;

/** The providers that Terraform stands behind. */
public enum FleetProvider {
    /** Amazon EC2, by the module that comes with Meridian. */
    AWS("aws", "hashicorp/aws", "5.100.0", 16 * 1024),
    /** DigitalOcean's droplets, by the module that comes with Meridian. */
    DIGITALOCEAN("digitalocean", "digitalocean/digitalocean", "2.57.0", 64 * 1024),
    /** Anything, by a module of the team's own. */
    TERRAFORM("terraform", "", "", Integer.MAX_VALUE);

    private final String word;
    private final String source;
    private final String version;
    private final int longestUserData;

    FleetProvider(String word, String source, String version, int longestUserData) {
        this.word = word;
        this.source = source;
        this.version = version;
        this.longestUserData = longestUserData;
    }

    /** Its name in the configuration. */
    public String word() {
        return word;
    }

    /** Whether Meridian has a module for it. */
    boolean bundled() {
        return !source.isEmpty();
    }

    /** The provider that its module needs, at the one version that it was made with, as Terraform takes it. */
    Map<String, Object> required() {
        return Map.of(word, Map.of("source", source, "version", version));
    }

    /** The most bytes of user data that it takes (EC2 User Guide, "instance user data"; DigitalOcean API, droplets). */
    int longestUserData() {
        return longestUserData;
    }

    /** The files of the module that comes with it. */
    List<String> files() {
        return switch (this) {
            case AWS -> List.of("main.tf", "outputs.tf", "variables.tf", "versions.tf", "vpc.tf");
            case DIGITALOCEAN -> List.of("main.tf", "outputs.tf", "variables.tf", "versions.tf");
            case TERRAFORM -> List.of();
        };
    }

    /** The provider's own settings for a place; credentials come from the environment. */
    Map<String, Object> settings(String location) {
        return this == AWS ? Map.of("region", location) : Map.of();
    }
}
