package org.meridian.drivers.terraform;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.file.BoundedFile;
import org.meridian.core.model.RegionName;

/**
 * Sees at once, before a provider is started, that no credentials can be found for it; whether those that there are work
 * is for the provider to say. The places are those of the AWS SDK's default chain and of DigitalOcean's provider.
 *
 * @param environment this process's variables
 * @param home        the person's home directory
 * @param vendor      the file in which Linux tells who made the machine
 */
public record CloudCredentials(Map<String, String> environment, Path home, Path vendor) {
    private static final List<String> AWS = List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_PROFILE",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    private static final List<String> DIGITALOCEAN = List.of("DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN");

    /** Copies the variables. */
    public CloudCredentials {
        environment = Map.copyOf(environment);
        requireNonNull(home, "home is null");
        requireNonNull(vendor, "vendor is null");
    }

    /** Those that this process has. */
    public static CloudCredentials ofThisProcess() {
        return new CloudCredentials(
                System.getenv(),
                Path.of(System.getProperty("user.home", "/")),
                Path.of("/sys/class/dmi/id/sys_vendor"));
    }

    /** Throws a Failure of kind USAGE that says what to set when there are none. */
    void require(FleetProvider provider, RegionName region) {
        advice(provider).ifPresent(advice -> {
            throw Failure.usage(Diagnostic.of(
                    "credentials-missing", region + ": there are no credentials for " + provider.word(), advice));
        });
    }

    /** What to set for a provider; empty where credentials may be there. */
    public Optional<String> advice(FleetProvider provider) {
        return switch (provider) {
            case AWS ->
                has(AWS) || hasAwsFiles() || onAws()
                        ? Optional.empty()
                        : Optional.of(
                                "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws configure'.");
            case DIGITALOCEAN ->
                has(DIGITALOCEAN)
                        ? Optional.empty()
                        : Optional.of("Set DIGITALOCEAN_TOKEN to a token that may write droplets, firewalls and keys.");
            case TERRAFORM -> Optional.empty();
        };
    }

    private boolean has(List<String> names) {
        return names.stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }

    private boolean hasAwsFiles() {
        Path credentials = place("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials");
        Path config = place("AWS_CONFIG_FILE", ".aws/config");
        return Files.exists(credentials) || Files.exists(config);
    }

    private Path place(String variable, String usual) {
        String written = environment.getOrDefault(variable, "");
        return written.isBlank() ? home.resolve(usual) : Path.of(written);
    }

    /** A machine of Amazon's may have a role. */
    private boolean onAws() {
        try {
            return BoundedFile.text(vendor, BoundedFile.MEGABYTE).startsWith("Amazon");
        } catch (IOException e) {
            return false;
        }
    }
}
