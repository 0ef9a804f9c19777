package org.meridian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meridian.core.model.AppName;
import org.meridian.core.model.ImagePush;
import org.meridian.core.model.ImageReference;
import org.meridian.core.model.PushedImage;
import org.meridian.core.spi.ImageRegistry;
import org.meridian.drivers.command.CommandResult;
import org.meridian.drivers.command.CommandRunner;
import org.meridian.drivers.local.LocalImage;
import org.meridian.drivers.local.LocalNames;
import org.meridian.drivers.local.LocalRegistry;

/** Which images are this machine's. The engine has none here, so what would be pushed is seen by where it is not asked for. */
class PushedRegistryTest {
    private static final CommandRunner EMPTY = command -> new CommandResult(command, 1, "", "no such image");
    private static final ImageReference APP = ImageReference.parse("journal");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final ImageRegistry elsewhere = image -> image.withDigest(DIGEST);

    @Test
    void whatTheEngineDoesNotHaveIsLookedUpWhereItsNameSays() throws InterruptedException {
        assertThat(registry(ImagePush.WHERE_PRESENT).resolve(APP.withTag("v1"))).isEqualTo(APP.withDigest(DIGEST));
    }

    @Test
    void imagesOfOtherServicesAreNeverPushed() throws InterruptedException {
        ImageReference redis = ImageReference.parse("redis:7");

        assertThat(registry(ImagePush.ALWAYS).resolve(redis)).isEqualTo(redis.withDigest(DIGEST));
    }

    @Test
    void whatWasPushedKeepsItsName() throws InterruptedException {
        ImageReference pushed = PushedImage.of(ImageReference.parse("127.0.0.1:5000/journal@" + DIGEST));

        assertThat(registry(ImagePush.NEVER).resolve(pushed)).isEqualTo(pushed);
    }

    private ImageRegistry registry(ImagePush push) {
        LocalRegistry here = new LocalRegistry(
                new LocalNames(new AppName("journal")), new LocalImage(LocalImage.userCache(), EMPTY), EMPTY);
        return new PushedRegistry(APP, push, here, elsewhere);
    }
}
