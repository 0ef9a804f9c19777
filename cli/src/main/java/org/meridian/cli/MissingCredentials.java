package org.meridian.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meridian.config.StateLocation;
import org.meridian.core.diagnostic.Diagnostic;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.App;
import org.meridian.core.model.Region;
import org.meridian.core.model.TrafficLayer;
import org.meridian.drivers.cloudflare.CloudflareTraffic;
import org.meridian.drivers.terraform.CloudCredentials;
import org.meridian.drivers.terraform.FleetProvider;
import org.meridian.drivers.vault.VaultSecrets;

/**
 * Finds every credential that is not there, of all that an app needs, before anybody is asked anything. Whether those
 * that are there work is for those to say who take them. Addresses with tokens in them, of notifiers and sources of
 * metrics, are read with the configuration, which names what it misses itself.
 *
 * @param environment this process's variables
 * @param home        the person's home directory
 * @param clouds      where credentials of clouds are found
 */
record MissingCredentials(Map<String, String> environment, Path home, CloudCredentials clouds) {
    MissingCredentials {
        environment = Map.copyOf(environment);
        requireNonNull(home, "home is null");
        requireNonNull(clouds, "clouds is null");
    }

    static MissingCredentials ofThisProcess() {
        return new MissingCredentials(
                System.getenv(), Path.of(System.getProperty("user.home", "/")), CloudCredentials.ofThisProcess());
    }

    /** Throws a Failure of kind USAGE that names all of them, if there are any. */
    void require(App app, StateLocation state) {
        List<Diagnostic> missing = of(app, state);
        if (!missing.isEmpty()) {
            throw Failure.usage(missing);
        }
    }

    /** All of them, each with what it is for. */
    List<Diagnostic> of(App app, StateLocation state) {
        List<Diagnostic> missing = new ArrayList<>();
        for (FleetProvider provider : FleetProvider.values()) {
            List<String> users = users(provider, app, state);
            if (!users.isEmpty()) {
                clouds.advice(provider)
                        .map(advice -> Diagnostic.of(
                                "credentials-missing",
                                "there are no credentials for " + provider.word() + " (for " + String.join(", ", users)
                                        + ")",
                                advice))
                        .ifPresent(missing::add);
            }
        }
        if (app.traffic().cloudflare().isPresent() || keepsRecords(app)) {
            CloudflareTraffic.missing(CloudflareTraffic.token(environment)).ifPresent(missing::add);
        }
        if (secrets(app, "vault:").findAny().isPresent()) {
            missing.addAll(new VaultSecrets(environment, home).missing());
        }
        return missing;
    }

    private static boolean keepsRecords(App app) {
        return app.traffic().layer() instanceof TrafficLayer.Dns dns
                && dns.records().isPresent();
    }

    private static List<String> users(FleetProvider provider, App app, StateLocation state) {
        List<String> users = new ArrayList<>();
        List<String> regions = app.regions().stream()
                .filter(region -> region.provider().equals(provider.word()))
                .map(region -> region.name().value())
                .toList();
        if (!regions.isEmpty()) {
            users.add((regions.size() == 1 ? "region " : "regions ") + String.join(" ", regions));
        }
        if (provider == FleetProvider.AWS) {
            users.addAll(secrets(app, "aws-secretsmanager:").toList());
            if (state instanceof StateLocation.S3 s3) {
                users.add("state s3://" + s3.bucket());
            }
        }
        return users;
    }

    private static Stream<String> secrets(App app, String scheme) {
        return app.regions().stream()
                .map(Region::secrets)
                .flatMap(List::stream)
                .filter(reference -> reference.startsWith(scheme))
                .distinct();
    }
}
