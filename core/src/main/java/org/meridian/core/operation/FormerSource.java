package org.meridian.core.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Failure;
import org.meridian.core.model.Region;
import org.meridian.core.model.Release;
import org.meridian.core.operation.SecretSources.Answers;
import org.meridian.core.operation.SecretSources.Ask;
import org.meridian.core.spi.SecretStore;

/**
 * A source of a region's secrets as a release remembers it.
 *
 * @param region    the region
 * @param reference as it stood in the configuration
 * @param version   the version that the release had; empty where the release did not run in the region
 * @param same      the question for that version, or for all that a store without versions can be asked
 * @param todays    the question for what is there today
 */
record FormerSource(Region region, String reference, Optional<String> version, Ask same, Ask todays) {
    /** A region that the release did not run in had nothing; today's configuration is all there is to go by. */
    static Stream<FormerSource> of(Release release, Region region, SecretSources stores) {
        List<String> pins = release.content().secretVersions().get(region.name());
        return pins == null
                ? region.secrets().stream().map(reference -> of(region, reference, Optional.empty(), stores))
                : pins.stream()
                        .map(Pin::parse)
                        .map(pin -> of(region, pin.reference(), Optional.of(pin.version()), stores));
    }

    private static FormerSource of(Region region, String reference, Optional<String> version, SecretSources stores) {
        Optional<String> asked = version.filter(any -> stores.keepsVersions(reference));
        return new FormerSource(
                region,
                reference,
                version,
                stores.ask(reference, asked, region.location()),
                stores.ask(reference, Optional.empty(), region.location()));
    }

    /** Whether the store has that version no more. */
    boolean gone(Answers answers) {
        return Optional.ofNullable(answers.refused().get(same))
                .filter(refusal -> refusal.diagnostic().code().equals(SecretStore.NO_SUCH_VERSION))
                .isPresent();
    }

    /** Whether the content is another one by now. */
    boolean changed(Answers answers) {
        return answers.source(same)
                .filter(source -> !version.orElse(source.version()).equals(source.version()))
                .isPresent();
    }

    /** Why the store refused, but for a version that is gone. */
    Optional<Failure> refusal(Answers answers) {
        return Optional.ofNullable(answers.refused().get(same)).filter(refusal -> !gone(answers));
    }
}
