package org.meridian.cli.command;

import java.util.Optional;
import org.meridian.core.model.RegionName;
import picocli.CommandLine.Option;

/** Says which servers and service are meant. */
final class PlaceOptions {
    @Option(names = "--region", paramLabel = "REGION", description = "Only there.")
    private Optional<RegionName> region = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description = "Only this one, by its name or the end of its name, such as r12-1.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--service", paramLabel = "SERVICE", description = "A service of the Compose file.")
    private Optional<String> service = Optional.empty();

    Optional<RegionName> region() {
        return region;
    }

    Optional<String> server() {
        return server;
    }

    Optional<String> service() {
        return service;
    }
}
