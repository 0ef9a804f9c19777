package org.meridian.cli.command;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.meridian.core.model.RegionName;
import org.meridian.core.operation.DeployRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What to deploy and where. */
final class ReleaseOptions {
    @ArgGroup
    private Image image = new Image();

    @Option(
            names = {"-r", "--region"},
            paramLabel = "REGION",
            description = "Only this region; may be given several times. Default: all regions.")
    private Set<RegionName> regions = new LinkedHashSet<>();

    DeployRequest request() {
        return request(false);
    }

    DeployRequest request(boolean abandonInterrupted) {
        return new DeployRequest(image.reference, image.tag, regions, abandonInterrupted);
    }

    /** One or the other. */
    static final class Image {
        @Option(
                names = "--image",
                paramLabel = "REF",
                description = "The image to deploy. Default: the configured one.")
        private Optional<String> reference = Optional.empty();

        @Option(names = "--tag", paramLabel = "TAG", description = "The tag of the configured image to deploy.")
        private Optional<String> tag = Optional.empty();
    }
}
